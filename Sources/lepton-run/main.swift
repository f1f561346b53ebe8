import ArgumentParser
import Glibc

// A wrong command line ends with 2, as other tools do; the parser's own choice is 64.
do {
  exit(try RunCommand.parse().launch())
} catch {
  let isAnswer = RunCommand.exitCode(for: error).isSuccess
  StandardStream(isAnswer ? STDOUT_FILENO : STDERR_FILENO).say(RunCommand.fullMessage(for: error))
  exit(isAnswer ? 0 : 2)
}
