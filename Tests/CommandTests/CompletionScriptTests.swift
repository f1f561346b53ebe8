import Foundation
import Testing

/// What shells complete, asked of the shells that are there.
@Suite struct CompletionScriptTests {
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.write("```lepton\n1\n```\n", to: "weather.lnb")
    try workshop.write("", to: "results.json")
  }

  /// A line up to the cursor, and what must be among its completions.
  private static let lines = [
    ("wat", "watch"), ("weath", "weather.lnb"), ("--jun", "--junit"),
    ("weather.lnb --tot", "--total-timeout"), ("-q weath", "weather.lnb"),
    ("run weath", "weather.lnb"), ("run --progress pl", "plain"), ("--format ht", "html"),
    ("--baseline resu", "results.json"), ("check weath", "weather.lnb"),
    ("grade --key weath", "weather.lnb"), ("grade --feed", "--feedback"),
    ("weather.lnb --on-error st", "stop"),
  ]

  /// What a shell says to a line, asked by a script that finds the completions beside it.
  private func completions(of line: String, by shell: String, _ script: String) throws
    -> [Substring]
  {
    let made = try workshop.run("lepton-run", "--generate-completion-script", shell)
    try workshop.write(made.output, to: "completions")
    try workshop.write(script.replacing("@line", with: line), to: "ask")
    let ending = try workshop.start(#require(Self.path(of: shell)), ["ask"]).wait()
    #expect(ending.messages == "")
    return ending.output.split(whereSeparator: \.isNewline)
  }

  private static func path(of shell: String) -> String? {
    ["/bin/\(shell)", "/usr/bin/\(shell)"].first(where: FileManager.default.isExecutableFile)
  }

  @Test(arguments: lines)
  func `bash completes commands, options, their values and files`(line: String, wanted: String)
    throws
  {
    let found = try completions(
      of: line, by: "bash",
      """
      shopt -s extglob
      source completions
      COMP_LINE="lepton-run @line"
      read -ra COMP_WORDS <<< "$COMP_LINE"
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_POINT=${#COMP_LINE}
      _lepton-run_default lepton-run "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """)
    #expect(found.contains { $0 == wanted }, "\(line): \(found)")
  }

  @Test(.enabled(if: path(of: "fish") != nil), arguments: lines)
  func `so does fish`(line: String, wanted: String) throws {
    let found = try completions(
      of: line, by: "fish",
      """
      source completions
      complete -C "lepton-run @line"
      """
    ).map { $0.prefix { $0 != "\t" } }
    #expect(found.contains { $0 == wanted }, "\(line): \(found)")
  }
}
