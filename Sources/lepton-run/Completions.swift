import ArgumentParser

/// What shells complete: the parser's own scripts, to which what it leaves out is added.
///
/// It does not say that `lepton-run` without the name of a command is `lepton-run run`, whose options and
/// files would not be completed. So that name is put in before a script looks at the words.
enum Completions {
  /// The option that asks for a script.
  private static let option = "--generate-completion-script"

  /// The script that a command line asks for; nothing where it asks for something else.
  static func script(for arguments: [String]) -> String? {
    guard arguments.first == option, arguments.count == 2 else { return nil }
    return CompletionShell(rawValue: arguments[1]).map(script)
  }

  private static func script(for shell: CompletionShell) -> String {
    let script = CommandLineRoot.completionScript(for: shell)
    switch shell {
    case .bash: return script.replacing(bashEnd, with: bash)
    case .fish: return script + "\n" + fish
    case .zsh:
      return script.replacing(zshBeginning, with: zshBeginning + zsh, maxReplacements: 1)
        .replacing(zshCommands, with: zshCommands + zshFiles, maxReplacements: 1)
    default: return script
    }
  }

  private static var commands: String {
    CommandLineRoot.configuration.subcommands.compactMap { $0.configuration.commandName }
      .joined(separator: " ")
  }

  private static let bashEnd = "complete -o filenames -F _lepton-run lepton-run"

  private static var bash: String {
    """
    _lepton-run_default() {
        local -r first="${COMP_WORDS[1]}"
        if [[ " \(commands) " != *" ${first} "* && ("${COMP_CWORD}" -gt 1 || "${first}" = -*) ]]; then
            COMP_WORDS=("${COMP_WORDS[0]}" run "${COMP_WORDS[@]:1}")
            COMP_LINE="${COMP_LINE/#"${COMP_WORDS[0]}"/"${COMP_WORDS[0]} run"}"
            COMP_CWORD="$((COMP_CWORD + 1))"
            COMP_POINT="$((COMP_POINT + 4))"
        fi
        _lepton-run "${@}"
        if [[ "${COMP_CWORD}" -eq 1 ]]; then
            local -r cur="${first}"
            __lepton-run_add_completions -f
        fi
    }

    complete -o filenames -F _lepton-run_default lepton-run
    """
  }

  private static let zshBeginning = "    unsetopt aliases banghist\n"
  private static let zshCommands = "        _describe -V subcommand subcommands && ret=0\n"
  private static let zshFiles = "        _files && ret=0\n"

  private static var zsh: String {
    """

        local -ar known=(\(commands))
        if (( ! ${known[(Ie)${words[2]}]} )) && [[ ${CURRENT} -gt 2 || ${words[2]} = -* ]]; then
            words=("${words[1]}" run "${(@)words[2,-1]}")
            (( CURRENT++ ))
        fi

    """
  }

  private static var fish: String {
    """
    functions --copy __lepton-run_tokens __lepton-run_own_tokens

    function __lepton-run_tokens
        set -l tokens (__lepton-run_own_tokens $argv)
        set -l begun (commandline -ct)
        if test (count $tokens) -gt 1
            contains -- $tokens[2] \(commands); or set tokens $tokens[1] run $tokens[2..]
        else if string match -q -- '-*' $begun
            set tokens $tokens run
        end
        printf '%s\\n' $tokens
    end

    complete -c lepton-run -n 'test (count (__lepton-run_own_tokens -pc)) -eq 1' -F
    """
  }
}
