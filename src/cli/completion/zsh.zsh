# zsh completion for kubectl gateway-doctor. In ~/.zshrc, after compinit and kubectl's own:
#   source <(kubectl gateway-doctor completion zsh)

# Completes the words from the given index on, which are the plugin's own.
_gateway_doctor_from() {
  local start=$1 output directive line value about
  local -a described
  output=$(kubectl-gateway_doctor __complete "${(@)words[start,CURRENT]}" 2>/dev/null) || return 1
  directive=${output##*:}
  for line in ${(f)output}; do
    [[ $line == :* ]] && continue
    value=${line%%$'\t'*}
    about=
    [[ $line == *$'\t'* ]] && about=${line#*$'\t'}
    described+=("${value//:/\\:}${about:+:$about}")
  done
  if [[ $directive == 0 ]]; then
    _files
  else
    _describe 'gateway-doctor' described
  fi
}

_gateway_doctor() { _gateway_doctor_from 2 }

_gateway_doctor_kubectl() {
  if [[ ${words[2]} == gateway-doctor && $CURRENT -gt 2 ]]; then
    _gateway_doctor_from 3
    return
  fi
  (( $+functions[_kubectl] )) || source <(kubectl completion zsh)
  compdef _gateway_doctor_kubectl kubectl
  (( $+functions[_kubectl] )) && _kubectl "$@"
}

compdef _gateway_doctor kubectl-gateway_doctor
compdef _gateway_doctor_kubectl kubectl
