import Glibc
import LeptonSession
import Synchronization

/// Serves a session to the front end on the other side of a socket.
///
/// The thread that calls `serve` reads, so that an interruption arrives while a cell runs; a second
/// one with a big stack makes the session and does everything else.
public final class SessionServer: Sendable {
  /// Why serving ended.
  public enum Ending: Sendable, Hashable {
    /// The front end said goodbye.
    case goodbye
    /// The front end closed its end, or died.
    case disconnected
    /// What arrived was no request; one sentence.
    case misunderstood(String)
  }

  private let socket: Descriptor
  private let makeSession: @Sendable (WorkerOptions) throws -> any Session
  private let queue = RequestQueue()
  private let session = Mutex<SharedSession?>(nil)
  private let writing = Mutex(())

  /// Only `interrupt`, which may come from any thread, is used beside the evaluating thread.
  private struct SharedSession: @unchecked Sendable {
    let session: any Session
  }

  /// Makes a server of a connected socket, which it takes over.
  ///
  /// - Parameter makeSession: Makes the session once the front end has told its options. What it
  ///   throws is told to the front end.
  public init(
    descriptor: Int32, makeSession: @escaping @Sendable (WorkerOptions) throws -> any Session
  ) {
    socket = Descriptor(descriptor)
    self.makeSession = makeSession
  }

  /// Serves until the front end says goodbye or is gone.
  ///
  /// A cell that runs then is interrupted but not waited for: a worker's main program ends with its
  /// process.
  public func serve() -> Ending {
    guard BigStackThread.start({ [self] in evaluate() }) else {
      send(.refused("no thread could be started to evaluate in"))
      return .disconnected
    }
    let ending = readRequests()
    queue.close()
    interruptSession()
    return ending
  }

  private func readRequests() -> Ending {
    var decoder = FrameDecoder()
    do {
      while true {
        while let frame = try decoder.next() {
          let request: Request = try frame.message()
          switch request {
          case .goodbye: return .goodbye
          case .interrupt(let run): if queue.interrupt(run: run) { interruptSession() }
          default: queue.append(request)
          }
        }
        guard readMore(into: &decoder) else { return .disconnected }
      }
    } catch {
      send(.refused(error.message))
      return .misunderstood(error.message)
    }
  }

  private func readMore(into decoder: inout FrameDecoder) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { buffer in
      var count = 0
      repeat {
        count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
      } while count < 0 && errno == EINTR
      decoder.append(buffer.prefix(max(0, count)))
      return count > 0
    }
  }

  private func interruptSession() {
    session.withLock { $0 }?.session.interrupt()
  }
}

// MARK: - The evaluating thread

extension SessionServer {
  private func evaluate() {
    guard case .hello(let options)? = queue.next() else {
      return send(.refused("the front end does not greet as it should"))
    }
    let session: any Session
    do {
      session = try makeSession(options)
    } catch {
      return send(.refused(sentence(about: error)))
    }
    let shared = SharedSession(session: session)
    self.session.withLock { $0 = shared }
    send(.welcome)
    while let request = queue.next() {
      send(reply(to: request, from: session))
    }
  }

  private func reply(to request: Request, from session: any Session) -> Reply {
    do {
      switch request {
      case .check(let cells): return .checks(try session.check(cells))
      case .run(let cell, let run): return .ended(try self.run(cell, run: run, in: session))
      case .isComplete(let text): return .completeness(try session.isComplete(text))
      case .complete(let text, let offset):
        return .completions(try session.complete(text, at: offset))
      case .describe(let text, let offset):
        return .description(try session.describe(text, at: offset))
      case .touches: return .touches(try session.touches())
      case .hello, .interrupt, .goodbye: return .refused("the request came out of order")
      }
    } catch {
      return .refused(sentence(about: error))
    }
  }

  private func run(_ cell: Cell, run: Int, in session: any Session) throws -> CellResult {
    guard queue.begin(run: run) else { return .interrupted }
    defer { queue.end() }
    return try session.run(cell) { send(.event($0)) }
  }

  /// Sends a reply; if the front end is gone, the reading thread learns it.
  private func send(_ reply: Reply) {
    guard let frame = frame(of: reply) else { return }
    writing.withLock { _ in
      var bytes = frame.bytes[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes {
          Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count < 0 && errno != EINTR { return }
        bytes = bytes.dropFirst(max(0, count))
      }
    }
  }

  /// Writes a reply, or why it cannot be written.
  private func frame(of reply: Reply) -> Frame? {
    do {
      return try Frame(reply: reply)
    } catch {
      return try? Frame(reply: .refused(error.message))
    }
  }

  private func sentence(about error: any Error) -> String {
    if case SessionError.notStarted(let reason) = error { return reason }
    return "\(error)"
  }
}
