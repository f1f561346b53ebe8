import ArgumentParser
import Glibc

// A wrong command line ends with 2, as other tools do; the parser's own choice is 64.
do {
  exit(try PromptCommand.parse().launch().rawValue)
} catch {
  let isAnswer = PromptCommand.exitCode(for: error).isSuccess
  let stream = StandardStream(isAnswer ? STDOUT_FILENO : STDERR_FILENO)
  stream.write(PromptCommand.fullMessage(for: error) + "\n")
  exit(isAnswer ? 0 : 2)
}
