import ArgumentParser
import Glibc

// A wrong command line ends with 2, as other tools do; the parser's own choice is 64.
do {
  exit(try CommandLineRoot.read(Array(CommandLine.arguments.dropFirst())).launch().rawValue)
} catch {
  let isAnswer = CommandLineRoot.exitCode(for: error).isSuccess
  StandardStream(isAnswer ? STDOUT_FILENO : STDERR_FILENO)
    .say(CommandLineRoot.fullMessage(for: error))
  exit(isAnswer ? 0 : 2)
}
