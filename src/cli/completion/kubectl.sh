#!/bin/sh
# Lets kubectl's own completion, in any shell, complete `kubectl gateway-doctor`. Put it on PATH:
#   kubectl gateway-doctor completion kubectl > ~/.local/bin/kubectl_complete-gateway_doctor
#   chmod +x ~/.local/bin/kubectl_complete-gateway_doctor
exec kubectl gateway-doctor __complete "$@"
