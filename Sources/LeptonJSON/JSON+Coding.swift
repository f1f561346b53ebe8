extension JSON {
  /// Makes the JSON of a value: members in the order of its coding keys, dictionaries sorted by key,
  /// `[UInt8]` as Base64, and the doubles that JSON has no numbers for as `"nan"`, `"inf"`, `"-inf"`.
  public init(encoding value: some Encodable) throws {
    throw JSONError(code: "json/syntax", message: "not yet")
  }
}

extension Decodable {
  /// Makes a value from JSON that was made of one by `JSON(encoding:)`; names it does not know are
  /// passed over.
  public init(decoding json: JSON) throws {
    throw JSONError(code: "json/syntax", message: "not yet")
  }
}
