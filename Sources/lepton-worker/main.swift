import Glibc
import LeptonFiles
import LeptonLink

// The far side of the process boundary: serves an interpreter to the front end that started this
// process, and ends when that says goodbye or is gone. It may die without loss.

/// The descriptor on which the front end is.
let frontEnd: Int32 = 3

var status = stat()
guard fstat(frontEnd, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
  let message = "lepton-worker is started by lepton-run and lepton-repl, not by hand\n"
  write(STDERR_FILENO, message, message.utf8.count)
  exit(2)
}

// A file that gets too large for the system is an error of whoever writes it.
signal(SIGXFSZ, SIG_IGN)

do {
  try Confinement(arguments: CommandLine.arguments)?
    .apply(alsoReading: DataFolders.ofThisProcess().folders)
} catch {
  _exit(Confinement.failedStatus)
}

let server = SessionServer(descriptor: frontEnd) { options in
  options.limitAddressSpace()
  return options.makeInterpreter()
}

// A cell may still run: nothing is torn down under its feet.
switch server.serve() {
case .goodbye, .disconnected: _exit(0)
case .misunderstood: _exit(70)
}
