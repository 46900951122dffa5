# fish completion for kubectl gateway-doctor:
#   kubectl gateway-doctor completion fish > ~/.config/fish/completions/kubectl-gateway_doctor.fish
# and the same line into ~/.config/fish/conf.d/gateway-doctor.fish for `kubectl gateway-doctor`.

function __gateway_doctor_complete
    set -l words (commandline -opc) (commandline -ct)
    if test "$words[1]" = kubectl
        set words $words[3..-1]
    else
        set words $words[2..-1]
    end
    # fish adds file names where nothing is offered, so the directive's line is only left out
    kubectl-gateway_doctor __complete $words 2>/dev/null | string match --invert --regex '^:\d+$'
end

function __gateway_doctor_is_called
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test "$words[2]" = gateway-doctor
end

complete --command kubectl-gateway_doctor --arguments '(__gateway_doctor_complete)'
complete --command kubectl --condition __gateway_doctor_is_called --arguments '(__gateway_doctor_complete)'
