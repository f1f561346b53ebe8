import LeptonJSON
import LeptonSession

/// What a front end asks of its worker.
package enum Request: Sendable, Hashable, Codable {
  /// The first request: what the worker may touch and use.
  case hello(WorkerOptions)
  case check([Cell])
  /// Runs a cell; `run` counts the runs, so that an interruption hits the one it was meant for.
  case run(Cell, run: Int)
  case isComplete(String)
  case complete(String, offset: Int)
  case describe(String, offset: Int)
  case touches
  /// Stops a run; has no reply of its own.
  case interrupt(run: Int)
  /// The front end is done; has no reply.
  case goodbye
}

/// What a worker answers.
package enum Reply: Sendable, Hashable, Codable {
  case welcome
  case checks([CellCheck])
  /// Something happened in the cell that runs.
  case event(Event)
  case ended(CellResult)
  case completeness(Completeness)
  case completions([Completion])
  case description(WordDescription?)
  case touches([FileTouch])
  /// The worker cannot do what was asked; one sentence.
  case refused(String)
}

/// What a program prints is by far the most frequent reply: it stands as `{"text": …}`, and is written and
/// read without a look at its type.
extension Frame {
  private static let textKey = "text"

  /// Writes a reply.
  package init(reply: Reply) throws(FrameError) {
    if case .event(.output(.text(let text))) = reply {
      try self.init(json: .object([JSON.Member(Self.textKey, .string(text))]))
    } else {
      try self.init(reply)
    }
  }

  /// Reads a reply.
  package func reply() throws(FrameError) -> Reply {
    let json = try json()
    if json.members?.count == 1, let text = json[Self.textKey]?.stringValue {
      return .event(.output(.text(text)))
    }
    return try message(of: json)
  }
}

extension Frame {
  /// Writes a message.
  package init(_ message: some Encodable) throws(FrameError) {
    let json: JSON
    do { json = try JSON(encoding: message) } catch { throw .unreadable("\(error)") }
    try self.init(json: json)
  }

  private init(json: JSON) throws(FrameError) {
    let payload: [UInt8]
    do { payload = try json.bytes() } catch { throw .unreadable("\(error)") }
    try self.init(payload: payload)
  }

  /// Reads the message of a frame.
  package func message<Message: Decodable>(
    as type: Message.Type = Message.self
  ) throws(FrameError) -> Message {
    try message(of: json())
  }

  private func json() throws(FrameError) -> JSON {
    do { return try JSON(parsing: payload) } catch { throw .unreadable("\(error)") }
  }

  private func message<Message: Decodable>(of json: JSON) throws(FrameError) -> Message {
    do { return try Message(decoding: json) } catch { throw .unreadable("\(error)") }
  }
}
