import LeptonData
import LeptonFiles
import LeptonRuntime

extension Library {
  static var parseDates: Builtin {
    Builtin(
      "parse_dates(texts, format = nothing)",
      "Reads dates as seconds since the beginning of 1970.",
      details: """
        Without a format those of ISO 8601 (`2024-02-29`, `2024-02-29T12:30:00`), `2024/02/29` and `29.02.2024` are tried. In a format `%Y %m %d %H %M %S %y %b %j` stand for \
        year, month, day, hour, minute, second, the last two digits of the year, the first three letters of the month and the day of the year. What is no date is \
        `nothing`, in a column `nan`. Differences are seconds: `(b - a) / 86400` are days.
        """,
      examples: [
        "parse_dates([\"1970-01-02\", \"02.01.1970\", \"?\"])": "float64([86400.0, 86400.0, nan])",
        "parse_dates(\"3/Feb/70\", format=\"%d/%b/%y\") / 86400": "33.0",
      ]
    ) { (texts: Value, format: String?) -> Value in
      if case .string(let text) = texts {
        return Dates.moment(text, format: format).map(Value.float) ?? .nothing
      }
      let moments = try ColumnValues(texts, name: "dates").moments(format: format)
      return try ColumnValues.numbers(Cells(moments)).field
    }
  }

  static var dateText: Builtin {
    Builtin(
      "date_text(seconds, format = \"%Y-%m-%d\")",
      "Dates, given as seconds since the beginning of 1970, as texts.",
      details: "The format is that of `parse_dates`.",
      examples: [
        "date_text(86400)": "\"1970-01-02\"",
        "date_text([0, 90000], \"%H:%M\")": "column([\"00:00\", \"01:00\"])",
      ]
    ) { (seconds: Value, format: String) -> Value in
      if seconds.isSingle {
        let text = Dates.text(of: try Double.bridging(seconds), format: format)
        return text.map(Value.string) ?? .nothing
      }
      let moments = try ColumnValues(seconds, name: "dates").moments()
      let texts = moments.map { $0.flatMap { Dates.text(of: $0, format: format) } }
      return try ColumnValues.texts(Cells(texts)).field
    }
  }

  static var keyedHash: Builtin {
    Builtin(
      "keyed_hash(values, key)",
      "Replaces texts or numbers by hashes that only who has the key can make.",
      details: """
        HMAC-SHA-256: equal values have equal hashes, so that tables can still be joined, and nobody can try out names without the key. Keep the key \
        outside of the notebook, in a file. `pseudonymize(table, names, key)` does columns of a table.
        """,
      examples: [
        "keyed_hash(\"Ann\", \"k\")[:8]": "\"7515ec00\"",
        "keyed_hash([\"Ann\", \"Ann\"], \"k\")[0] == keyed_hash(\"Ann\", \"k\")": "true",
      ]
    ) { (values: Value, key: String) -> Value in
      try Settings.require(!key.isEmpty, "a key has at least one character")
      func hash(_ text: String) -> String { SHA256.hex(Array(text.utf8), key: Array(key.utf8)) }
      if values.isSingle {
        if case .string(let text) = values { return .string(hash(text)) }
        if case .nothing = values { return .nothing }
        return .string(hash(values.source))
      }
      let column = try ColumnValues(values, name: "values")
      let hashes = zip(column.texts, (0..<column.count)).map { text, place in
        column.isMissing(place) ? nil : hash(text)
      }
      return try ColumnValues.texts(Cells(hashes)).field
    }
  }
}
