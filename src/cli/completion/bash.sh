# bash completion for kubectl gateway-doctor. In ~/.bashrc, after kubectl's own:
#   source <(kubectl gateway-doctor completion bash)
# shellcheck shell=bash

# Completes the words from the given index on, which are the plugin's own.
__gateway_doctor_from() {
  local start=$1 word glue='' count=0 words=() current output directive candidate
  # bash takes --output=json for three words
  for word in "${COMP_WORDS[@]:start:COMP_CWORD-start+1}"; do
    if [[ $count -gt 0 && ( $word == = || -n $glue ) ]]; then
      words[count-1]+=$word
    else
      words[count]=$word
      count=$((count + 1))
    fi
    if [[ $word == = ]]; then glue=1; else glue=''; fi
  done
  current=${words[count-1]}
  output=$(kubectl-gateway_doctor __complete "${words[@]}" 2>/dev/null) || return
  directive=${output##*:}
  COMPREPLY=()
  while IFS= read -r candidate; do
    candidate=${candidate%%$'\t'*}
    [[ $candidate == "$current"* && $candidate != :* ]] || continue
    if [[ $current == --*=* ]]; then candidate=${candidate#*=}; fi
    COMPREPLY+=("$candidate")
  done <<<"$output"
  if [[ $directive == 0 ]] && type compopt >/dev/null 2>&1; then compopt -o default; fi
}

__gateway_doctor() { __gateway_doctor_from 1; }

__gateway_doctor_kubectl() {
  if [[ ${COMP_WORDS[1]} == gateway-doctor && $COMP_CWORD -gt 1 ]]; then
    __gateway_doctor_from 2
    return
  fi
  # shellcheck source=/dev/null
  declare -F __start_kubectl >/dev/null || source <(kubectl completion bash)
  complete -o default -F __gateway_doctor_kubectl kubectl
  declare -F __start_kubectl >/dev/null && __start_kubectl "$@"
}

complete -F __gateway_doctor kubectl-gateway_doctor
complete -o default -F __gateway_doctor_kubectl kubectl
