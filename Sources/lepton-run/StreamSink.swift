import LeptonDisplay
import LeptonFiles
import LeptonNotebook

/// Writes a report to standard output piece by piece.
final class StreamSink: ReportSink {
  private let stream: StandardStream
  private let pictures: PictureStore

  init(_ stream: StandardStream, pictures: PictureStore) {
    self.stream = stream
    self.pictures = pictures
  }

  func write(_ text: String) throws(FileError) { try stream.write(text) }
  func keep(_ picture: Picture, named name: String) throws(FileError) -> String {
    try pictures.keep(picture, named: name)
  }
  func finish() {}
}
