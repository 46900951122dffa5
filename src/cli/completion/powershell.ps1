# PowerShell completion for kubectl gateway-doctor. In $PROFILE, after kubectl's own:
#   kubectl gateway-doctor completion powershell | Out-String | Invoke-Expression

$__gatewayDoctorCompleter = {
    param($WordToComplete, $CommandAst, $CursorPosition)

    $words = @($CommandAst.CommandElements |
        Where-Object { $_.Extent.StartOffset -lt $CursorPosition } |
        ForEach-Object { $_.Extent.Text })
    $program = [System.IO.Path]::GetFileNameWithoutExtension($words[0])
    $start = 1
    if ($program -eq 'kubectl') {
        if ($words.Count -lt 2 -or $words[1] -ne 'gateway-doctor') {
            if (${__kubectlCompleterBlock}) {
                & ${__kubectlCompleterBlock} $WordToComplete $CommandAst $CursorPosition
            }
            return
        }
        $start = 2
    }
    $own = @($words | Select-Object -Skip $start)
    # older PowerShells drop empty arguments, so the empty word goes as two quotes
    if ($WordToComplete -eq '') { $own += '""' }
    & kubectl-gateway_doctor __complete @own 2>$null |
        Where-Object { $_ -notmatch '^:\d+$' } |
        ForEach-Object {
            $value, $about = $_ -split "`t", 2
            if (-not $about) { $about = $value }
            if ($value -like "$WordToComplete*") {
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
            }
        }
}

Register-ArgumentCompleter -Native -CommandName 'kubectl-gateway_doctor' -ScriptBlock $__gatewayDoctorCompleter
Register-ArgumentCompleter -Native -CommandName 'kubectl' -ScriptBlock $__gatewayDoctorCompleter
