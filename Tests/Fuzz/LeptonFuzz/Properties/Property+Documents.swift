import LeptonJSON
import LeptonLink
import LeptonNotebook
import LeptonSession

extension Property {
  /// Whatever the file: its parts are the file, and what is told lies within it.
  static var notebook: Property {
    Property("notebook") { bytes in
      guard let source = try? SourceText(decoding: bytes, name: "fuzz.lnb") else { return nil }
      let notebook = Notebook(parsing: source, name: "fuzz.lnb")
      let lineCount = source.text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
      for failure in notebook.failures {
        guard failure.place.file == "fuzz.lnb", (1...lineCount + 1).contains(failure.place.line),
          failure.place.column >= 1, failure.place.length >= 1, !failure.message.isEmpty
        else { return "\(failure.code) is told at \(failure.place) of \(lineCount) lines" }
      }
      let lines = notebook.cells.map(\.line)
      guard lines.allSatisfy({ (1...lineCount).contains($0) }), lines == lines.sorted() else {
        return "cells at \(lines)"
      }
      return source.text.contains("<!--") ? nil : loss(notebook, source.text)
    }
  }

  private static func loss(_ notebook: Notebook, _ text: String) -> String? {
    let parts = notebook.blocks.map { block in
      switch block {
      case .prose(let text): text
      case .parameterPlace: ""
      case .hint(let hint): hint.text
      case .cell(let cell): cell.text
      case .expectation(let expectation): expectation.text
      }
    }
    let joined = notebook.frontMatter.text + parts.joined()
    return joined.utf8.elementsEqual(text.utf8) ? nil : "the parts are not the file"
  }

  /// Whatever the bytes: what can be read can be written and read again, and what cannot has a place.
  static var json: Property {
    Property("json") { bytes in
      do throws(JSONError) {
        let value = try JSON(parsing: bytes)
        for form in [JSON.Form.compact, .pretty] {
          guard try JSON(parsing: value.bytes(form)) == value else { return "written, it differs" }
        }
        return nil
      } catch {
        guard let place = error.place else { return "no place: \(error)" }
        let lineCount = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        return (1...lineCount).contains(place.line) && (1...bytes.count + 1).contains(place.column)
          ? nil : "line \(place.line), column \(place.column) of \(bytes.count) bytes"
      }
    }
  }

  /// Whatever the bytes: they are the same frames however they arrive, and a message that can be read
  /// can be sent.
  static var frames: Property {
    Property("frames") { bytes in
      let whole = frames(in: bytes, pieces: bytes.count + 1)
      for size in [1, 7] where frames(in: bytes, pieces: size) != whole {
        return "in pieces of \(size) it is something else"
      }
      for frame in whole.frames {
        if let request = try? frame.message(as: Request.self),
          (try? Frame(request).message(as: Request.self)).map({ "\($0)" }) != "\(request)"
        {
          return "the request changes: \(request)"
        }
        if let reply = try? frame.message(as: Reply.self),
          (try? Frame(reply).message(as: Reply.self)).map({ "\($0)" }) != "\(reply)"
        {
          return "the reply changes: \(reply)"
        }
      }
      return nil
    }
  }

  private struct Arrival: Equatable {
    var frames: [Frame] = []
    var error: FrameError?
  }

  private static func frames(in bytes: [UInt8], pieces size: Int) -> Arrival {
    var decoder = FrameDecoder()
    var arrival = Arrival()
    var rest = bytes[...]
    do {
      while !rest.isEmpty {
        decoder.append(rest.prefix(size))
        rest = rest.dropFirst(size)
        while let frame = try decoder.next() { arrival.frames.append(frame) }
      }
    } catch {
      arrival.error = error
    }
    return arrival
  }
}
