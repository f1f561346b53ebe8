import Glibc
import LeptonSession
import Synchronization

/// A session in a worker process: starts it, watches it, carries every request to it.
///
/// Requests are made from one thread at a time. `interrupt` and `terminate` may come from any thread
/// and, through `interruptDescriptor`, from a signal handler.
///
/// The start does not wait until the worker is up: the first request does, so that a front end can
/// read its notebook in the meantime. Once the worker is gone every request throws the same error;
/// a new client is a new worker.
///
/// An interruption asks the running cell to stop. Another one, a second or more after the first, ends a
/// worker that does not react; `whenStubborn` can tell the user so.
public final class WorkerClient: Session, @unchecked Sendable {
  // Unchecked: `interruption` and `process` may be used from any thread; the rest belongs to whoever
  // makes requests.
  private let connection: Connection
  private let process: WorkerProcess?
  private let interruption: (reading: Descriptor, writing: Descriptor)

  /// Why no request can be answered any more.
  private var end: SessionError?
  private var isWelcome = false
  private var runs = 0
  /// When the current run was first asked to stop.
  private var firstInterruption: ContinuousClock.Instant?
  /// Called once if a run goes on for a second after it was asked to stop: from now on another
  /// interruption ends the worker.
  public var whenStubborn: (() -> Void)?
  private var hasToldStubborn = false
  /// The last sign of life: the cell that runs and the line it is at.
  private var lastSeen: (cell: String?, line: Int?)

  /// Milliseconds after which a silent worker is given up: while it starts, while it takes in a
  /// request, between the end of its socket and its own, and between two interruptions.
  package struct Patience: Sendable {
    package var start: Int32 = 30_000
    package var writing: Int32 = 30_000
    package var ending: Int32 = 2_000
    package var interruption: Int64 = 1_000
    package init() {}
  }
  package var patience = Patience()

  /// Starts a worker and greets it.
  ///
  /// - Parameter program: The worker's executable; found beside this program's if not given.
  /// - Throws: `SessionError.notStarted`.
  public convenience init(
    options: WorkerOptions = WorkerOptions(), program: String? = nil
  ) throws {
    guard let program = program ?? WorkerProgram.find() else {
      throw SessionError.notStarted(
        "lepton-worker is neither beside this program nor in ../libexec/lepton")
    }
    do {
      let (ours, theirs) = try Descriptor.socketPair()
      let process = try WorkerProcess(
        program: program, arguments: options.confinement?.arguments ?? [], socket: theirs)
      try self.init(socket: ours, process: process, options: options)
    } catch let failure as SystemFailure {
      throw SessionError.notStarted("\(program): \(failure.message)")
    }
  }

  /// Talks to a server of this process, for tests.
  package convenience init(socket: Int32, options: WorkerOptions = WorkerOptions()) throws {
    try self.init(socket: Descriptor(socket), process: nil, options: options)
  }

  private init(socket: Descriptor, process: WorkerProcess?, options: WorkerOptions) throws {
    connection = Connection(socket)
    self.process = process
    interruption = try Descriptor.pipe()
    try? send(.hello(options))  // The first request tells what went wrong.
  }

  deinit { close() }

  /// A descriptor that interrupts the running cell when a byte is written to it: the way in for
  /// signal handlers.
  public var interruptDescriptor: Int32 { interruption.writing.number }

  /// What it holds open, for tests.
  package var descriptors: [Int32] {
    [connection.socket.number, interruption.reading.number, interruption.writing.number]
  }

  /// The worker's process identifier.
  public var processIdentifier: Int32 { process?.identifier ?? 0 }

  /// Checks cells as a whole, before anything runs.
  public func check(_ cells: [Cell]) throws -> [CellCheck] {
    try ask(.check(cells)) { if case .checks(let checks) = $0 { checks } else { nil } }
  }

  /// Runs a cell, handing over what it gives as it arrives.
  public func run(_ cell: Cell, receive: (Event) -> Void) throws -> CellResult {
    runs += 1
    lastSeen = (cell.id, nil)
    (firstInterruption, hasToldStubborn) = (nil, false)
    defer {
      lastSeen = (nil, nil)
      firstInterruption = nil
      _ = takeInterruption()
    }
    return try ask(.run(cell, run: runs), interruptible: runs) { reply in
      switch reply {
      case .event(let event):
        if case .heartbeat(let line) = event { lastSeen.line = line }
        receive(event)
        return nil
      case .ended(let result): return result
      default: throw SessionError.protocolMismatch("the worker answered another question")
      }
    }
  }

  /// Tells whether a text can be run as it is.
  public func isComplete(_ text: String) throws -> Completeness {
    try ask(.isComplete(text)) { if case .completeness(let answer) = $0 { answer } else { nil } }
  }

  /// Finds what may stand at a place of a text.
  public func complete(_ text: String, at offset: Int) throws -> [Completion] {
    try ask(.complete(text, offset: offset)) {
      if case .completions(let completions) = $0 { completions } else { nil }
    }
  }

  /// Tells about the word at a place of a text.
  public func describe(_ text: String, at offset: Int) throws -> WordDescription? {
    try ask(.describe(text, offset: offset)) { reply -> WordDescription?? in
      if case .description(let description) = reply { .some(description) } else { nil }
    }
  }

  /// Gives the files that cells touched since this was last asked, where the options ask to note that.
  public func touches() throws -> [FileTouch] {
    try ask(.touches) { if case .touches(let touches) = $0 { touches } else { nil } }
  }

  /// Asks the running cell to stop; without effect if none runs.
  public func interrupt() {
    var byte: UInt8 = 1
    _ = write(interruption.writing.number, &byte, 1)
  }

  /// Kills the worker; a request under way throws `SessionError.workerDied`.
  public func terminate() {
    process?.kill()
  }

  /// Ends the worker in good order and waits for it; done by itself when the client goes.
  public func close() {
    guard end == nil else { return }
    try? send(.goodbye)
    if let process, process.wait(milliseconds: patience.ending) == nil {
      process.kill()
      _ = process.wait(milliseconds: patience.ending)
    }
    end = end ?? .workerDied(how: "was ended by this program", cell: nil, line: nil)
  }
}

// MARK: - Asking and waiting

extension WorkerClient {
  /// Sends a request and hands over replies until one of them is the answer.
  private func ask<Answer>(
    _ request: Request, interruptible run: Int? = nil, answer: (Reply) throws -> Answer?
  ) throws -> Answer {
    if let end { throw end }
    try awaitWelcome()
    try send(request)
    while true {
      let reply = try nextReply(interruptible: run)
      if case .refused(let reason) = reply { throw SessionError.protocolMismatch(reason) }
      if let answer = try answer(reply) { return answer }
    }
  }

  private func awaitWelcome() throws {
    guard !isWelcome else { return }
    let reply: Reply
    do {
      reply = try nextReply(milliseconds: patience.start)
    } catch SessionError.workerDied(let how, _, _) {
      throw fail(.notStarted("the worker \(how)"))
    }
    switch reply {
    case .welcome: isWelcome = true
    case .refused(let reason): throw fail(.notStarted(reason))
    default: throw fail(.protocolMismatch("the worker does not greet as it should"))
    }
  }

  /// Waits for the next reply, watching the worker's life and the wish to interrupt meanwhile.
  private func nextReply(
    interruptible run: Int? = nil, milliseconds: Int32 = -1
  ) throws -> Reply {
    while true {
      if let reply = try replyThatArrived() { return reply }
      if connection.isClosed || process?.endingIfOver() != nil { return try lastReply() }
      // Without a descriptor of the process we look at it five times a second.
      let watched = process == nil || process?.descriptor.number ?? -1 >= 0
      let limit = watched ? milliseconds : 200
      let ready = Readiness.wait(
        reading: [
          connection.socket.number, process?.descriptor.number ?? -1,
          run == nil ? -1 : interruption.reading.number,
        ], milliseconds: isStopping ? 100 : limit)
      tellStubborn()
      if ready.reading[0] { connection.readAvailable() }
      if ready.reading[2], let run, takeInterruption() { try passOnInterruption(of: run) }
      if milliseconds >= 0 && !ready.reading.contains(true) {
        throw giveUp("did not answer within \(milliseconds / 1000) seconds")
      }
    }
  }

  /// Whether a run has been asked to stop and nobody was told that it does not.
  private var isStopping: Bool { firstInterruption != nil && !hasToldStubborn }

  private func tellStubborn() {
    guard isStopping, let first = firstInterruption,
      first.duration(to: .now) >= .milliseconds(patience.interruption)
    else { return }
    hasToldStubborn = true
    whenStubborn?()
  }

  /// What a worker that has ended still said counts.
  private func lastReply() throws -> Reply {
    connection.readAvailable()
    if let reply = try replyThatArrived() { return reply }
    guard let process else {
      throw fail(death("closed the connection"))
    }
    guard let ending = process.wait(milliseconds: patience.ending) else {
      throw giveUp("closed the connection and went on")
    }
    throw fail(death(ending.description))
  }

  private func replyThatArrived() throws -> Reply? {
    do {
      return try connection.nextFrame()?.reply()
    } catch {
      process?.kill()
      throw fail(.protocolMismatch(error.message))
    }
  }

  /// Sends a request, taking in replies meanwhile, lest both sides wait for each other.
  private func send(_ request: Request) throws {
    let frame: Frame
    do {
      frame = try Frame(request)
    } catch {
      throw SessionError.protocolMismatch(error.message)
    }
    var bytes = frame.bytes[...]
    connection.writeAvailable(&bytes)
    while !bytes.isEmpty {
      // A worker that is gone is reported by whoever waits for its reply.
      if connection.isDeaf || process?.endingIfOver() != nil { return }
      let ready = Readiness.wait(
        reading: [connection.socket.number, process?.descriptor.number ?? -1],
        writing: connection.socket.number, milliseconds: patience.writing)
      if ready.reading[0] { connection.readAvailable() }
      guard ready.writing || ready.reading.contains(true) else {
        throw giveUp("did not take in a request within \(patience.writing / 1000) seconds")
      }
      connection.writeAvailable(&bytes)
    }
  }

  private func passOnInterruption(of run: Int) throws {
    let now = ContinuousClock.now
    let first = firstInterruption ?? now
    firstInterruption = first
    if first != now, first.duration(to: now) >= .milliseconds(patience.interruption) {
      process?.kill()
    } else {
      try send(.interrupt(run: run))
    }
  }

  /// Takes the wishes to interrupt out of the pipe; tells whether there were any.
  private func takeInterruption() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 64)
    var found = false
    while read(interruption.reading.number, &bytes, bytes.count) > 0 { found = true }
    return found
  }

  private func giveUp(_ how: String) -> SessionError {
    process?.kill()
    return fail(death(how))
  }

  private func death(_ how: String) -> SessionError {
    .workerDied(how: how, cell: lastSeen.cell, line: lastSeen.line)
  }

  private func fail(_ error: SessionError) -> SessionError {
    end = error
    return error
  }
}
