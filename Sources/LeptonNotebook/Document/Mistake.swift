import LeptonSession

/// Something wrong with a notebook as a document, before its place is known; all the wording of
/// this stage stands in `Mistake+Wording.swift`.
package struct Mistake: Sendable, Hashable, Error {
  /// How bad it is.
  package var isWarning = false
  /// The name under which `explain` knows it: `notebook/attribute`.
  package var code: String
  /// One sentence, without a full stop.
  package var message: String
  /// How it may be mended.
  package var help: [String] = []

  /// The failure that this mistake is at a place.
  package func failure(at place: Failure.Place) -> Failure {
    Failure(
      severity: isWarning ? .warning : .error, code: code, message: message, place: place,
      help: help)
  }
}

extension Failure {
  /// The failure of a cell that was asked to stop because its time was up.
  func saying(_ mistake: Mistake) -> Failure {
    var failure = self
    failure.code = mistake.code
    failure.message = mistake.message
    failure.help = mistake.help
    return failure
  }
}

extension Output {
  /// The output, with a limit as the reason if it tells that the cell was stopped.
  func naming(_ limit: Mistake?) -> Output {
    guard let limit, case .failure(let failure) = self, failure.code == "run/interrupted" else {
      return self
    }
    return .failure(failure.saying(limit))
  }
}

extension Failure.Place {
  /// The place of some code points of a line.
  package init(
    file: String, line: Int, text: some StringProtocol, column: Int = 1, length: Int? = nil
  ) {
    let rest = max(1, text.unicodeScalars.count - column + 1)
    self.init(
      file: file, line: line, column: column, length: min(length ?? rest, rest), text: String(text))
  }
}
