import ArgumentParser

/// The manual page, made of what the commands say of themselves.
enum ManualPage {
  /// The page in roff.
  static var text: String {
    let commands = CommandLineRoot.configuration.subcommands
    let sections = commands.map { command in
      ".SS \(escaped(command.configuration.commandName ?? ""))\n"
        + block(CommandLineRoot.helpMessage(for: command, columns: 76))
    }
    return """
      .TH LEPTON-RUN 1
      .SH NAME
      lepton-run \\- run, check, format and grade Lepton notebooks and programs
      .SH SYNOPSIS
      \(block(CommandLineRoot.configuration.usage ?? "")).SH DESCRIPTION
      A notebook is Markdown with cells of Lepton; its report is Markdown, too, and goes to standard output. Progress and messages go to standard
      error. Without the name of a command a notebook or program is run.
      .SH COMMANDS
      \(sections.joined()).SH EXIT STATUS
      \(block(HelpTopic.exits.text)).SH NOTEBOOKS
      \(block(HelpTopic.notebook.text)).SH TEACHING
      \(block(HelpTopic.teaching.text)).SH SEE ALSO
      .BR lepton-repl (1)

      """
  }

  /// Lines as they stand.
  private static func block(_ text: String) -> String {
    ".nf\n"
      + text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line(String($0)) }.joined(separator: "\n") + "\n.fi\n"
  }

  /// A line that roff takes for no request.
  private static func line(_ text: String) -> String {
    let plain = escaped(text)
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("`", with: "\\(ga")
  }
}
