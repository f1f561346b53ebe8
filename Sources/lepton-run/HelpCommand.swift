import ArgumentParser
import Glibc
import LeptonNotebook

/// Shows help on a command or on a topic.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Help on a command or \(HelpTopic.names).")

  @Argument(help: "A command, or one of: \(HelpTopic.names).")
  var topic: [String] = []
}

extension HelpCommand: Launchable {
  func launch() -> Ending {
    let stream = StandardStream(STDOUT_FILENO)
    guard let name = topic.first else {
      stream.say(CommandLineRoot.helpMessage())
      return .success
    }
    if let text = HelpTopic(rawValue: name)?.text {
      stream.say(text)
      return .success
    }
    let commands = CommandLineRoot.configuration.subcommands
    if let command = commands.first(where: { $0.configuration.commandName == name }) {
      stream.say(CommandLineRoot.helpMessage(for: command))
      return .success
    }
    StandardStream(STDERR_FILENO).say(
      "there is no help on \(name)\n  = help: topics are \(HelpTopic.names); else name a command")
    return .usage
  }
}

/// A page of help that is not about one command.
enum HelpTopic: String, CaseIterable {
  /// The format of notebooks.
  case notebook
  /// How lessons are written and graded.
  case teaching
  /// The codes with which the program ends.
  case exits
  /// The manual page, for `man`.
  case man

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The page.
  var text: String {
    switch self {
    case .notebook: NotebookReference.markdown
    case .teaching: Self.aboutTeaching
    case .exits: Self.aboutExits
    case .man: ManualPage.text
    }
  }

  private static let aboutExits = """
    0    everything ran, and everything that was expected holds
    1    a cell failed (fmt --check: a file is not formatted)
    2    the command line or a parameter is wrong; nothing ran
    3    an expectation, a metric or a check does not hold
    4    the notebook cannot be parsed, or the check before the run found mistakes
    5    there is nothing to run
    6    a report, a picture or the results could not be written
    70   the fault is ours: the worker died
    124  a time limit was reached
    130  interrupted (Ctrl-C)
    143  told to end

    When several hold, the first of these wins: 70, 2, 4, 5, 6, 143, 130, 124, 1, 3.
    """

  private static let aboutTeaching = """
    A lesson is one file, the master: text, exercises with their solutions, hints, checks and tries.

      ```lepton #mse exercise points=3
      fn mse(a, b) {
        # BEGIN SOLUTION
        mean((a - b)^2)
        # END SOLUTION
      }
      ```

      ```hint for=mse
      Which word makes one number of many?
      ```

      ```lepton check=mse points=1 fail="The result must be one number."
      expect shape(mse(ones([2]), zeros([2]))) == []
      ```

      ```lepton check=mse hidden points=2 fail="Wrong where differences are negative."
      expect mse(tensor([-1.0]), tensor([1.0])) == 4
      ```

      ```lepton try=mse outcome=fail message="one number"
      fn mse(a, b) { (a - b)^2 }
      ```

    lepton-run selftest master.lnb          solutions pass, stubs do not, tries end as stated
    lepton-run assign master.lnb -o hw.lnb  the students' notebook: no solutions, no hidden checks
    lepton-run hw.lnb                       what a student runs; todo() is "not attempted", no error
    lepton-run grade --key master.lnb sub/*.lnb --csv grades.csv --json grades.json --feedback pages

    A check may give a part of its points: award(0.5, "the sign is right"). Each answer runs with the master's
    cells and checks, in a worker of its own that the kernel confines, twice with different seeds. It reads the
    bundled data and what --allow-read names, not the folder in which the master stands. Points of checks are
    shares of the exercise's points. Feedback shows what `fail` says, and the values of visible checks; never
    hidden code.
    """
}
