import LeptonFiles

/// The form of the file: a line with the digest of all that follows, then a line for each entry, its
/// key and its JSON, which is taken apart when it is needed.
///
/// Whatever was changed in it makes it worth nothing.
extension CellCache {
  private static let newline = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")

  /// The file of entries, by their keys.
  static func file(of texts: [String: [UInt8]]) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(texts.values.reduce(0) { $0 + $1.count + 80 })
    for (key, text) in texts.sorted(by: { $0.key < $1.key }) {
      body += key.utf8
      body.append(space)
      body += text
      body.append(newline)
    }
    return head(of: body) + body
  }

  /// The entries of a file, by their keys; none of anything else.
  static func texts(inFile bytes: [UInt8]) -> [String: [UInt8]] {
    guard let end = bytes.firstIndex(of: newline) else { return [:] }
    let body = Array(bytes[(end + 1)...])
    guard Array(bytes[...end]) == head(of: body) else { return [:] }
    var texts: [String: [UInt8]] = [:]
    for line in body.split(separator: newline) {
      guard let end = line.firstIndex(of: space) else { continue }
      texts[String(decoding: line[..<end], as: UTF8.self)] = Array(line[(end + 1)...])
    }
    return texts
  }

  private static func head(of body: [UInt8]) -> [UInt8] {
    Array("lepton cache 2 \(SHA256.hex(body))\n".utf8)
  }
}
