extension JSON {
  /// Makes the JSON of a value: members in the order in which they are encoded, dictionaries sorted
  /// by key, `[UInt8]` as Base64, and the doubles that JSON has no numbers for as `"nan"`, `"inf"`,
  /// `"-inf"`.
  public init(encoding value: some Encodable) throws(JSONError) {
    do {
      self = try ValueEncoder.json(of: value, at: [])
    } catch let error as JSONError {
      throw error
    } catch let EncodingError.invalidValue(_, context) {
      throw JSONError(value: context.debugDescription, at: context.codingPath)
    } catch {
      throw JSONError(value: "\(error)", at: [])
    }
  }
}

extension Decodable {
  /// Makes a value from JSON that was made of one by `JSON(encoding:)`; names it does not know are
  /// passed over.
  public init(decoding json: JSON) throws(JSONError) {
    do {
      self = try ValueDecoder.value(of: json, at: [])
    } catch let error as JSONError {
      throw error
    } catch let error as DecodingError {
      throw JSONError(error)
    } catch {
      throw JSONError(value: "\(error)", at: [])
    }
  }
}

extension JSONError {
  /// Says what is wrong with a value, and where in the whole it stands: `cells[3].loss`.
  init(value message: String, at path: [any CodingKey]) {
    var place = ""
    for key in path {
      if let index = key.intValue {
        place += "[\(index)]"
      } else {
        place += (place.isEmpty ? "" : ".") + key.stringValue
      }
    }
    self.init(code: "json/value", message: place.isEmpty ? message : "`\(place)`: \(message)")
  }

  fileprivate init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(value: "the name `\(key.stringValue)` is missing", at: context.codingPath)
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      self.init(value: context.debugDescription, at: context.codingPath)
    @unknown default:
      self.init(value: "the value has another form than expected", at: [])
    }
  }
}

/// A place in an array, as a coding key.
struct IndexKey: CodingKey {
  let index: Int

  init(_ index: Int) {
    self.index = index
  }

  init?(intValue: Int) {
    self.init(intValue)
  }

  init?(stringValue: String) {
    nil
  }

  var intValue: Int? { index }
  var stringValue: String { String(index) }
}

/// The name under which a class keeps what its superclass encodes.
struct SuperKey: CodingKey {
  init() {}
  init?(intValue: Int) { nil }
  init?(stringValue: String) { nil }
  var intValue: Int? { nil }
  var stringValue: String { "super" }
}
