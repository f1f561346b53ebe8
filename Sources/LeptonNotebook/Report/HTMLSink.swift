import LeptonDisplay
import LeptonFiles

/// Gathers a report, makes one HTML file of it, and hands that on.
///
/// The file has no script and loads nothing: pictures stand in it, and its policy forbids the rest.
/// Raw HTML of the notebook is left out, and links lead only where libcmark's safe mode lets them.
public final class HTMLSink: ReportSink {
  private let sink: any ReportSink
  private let title: String
  private var markdown = ""
  private var pictures: [String: String] = [:]

  /// Makes a sink for the report of a notebook with a title.
  public init(title: String, into sink: any ReportSink) {
    self.title = title
    self.sink = sink
  }

  /// Takes the next piece of the report.
  public func write(_ text: String) { markdown += text }

  /// Keeps a picture and gives the link under which the page finds it.
  public func keep(_ picture: Picture, named name: String) -> String {
    pictures[name] = picture.svg
    return name
  }

  /// Is told that the report is whole.
  public func finish() throws(FileError) {
    try sink.write(HTMLPage(markdown, title: title, pictures: pictures).text)
    try sink.finish()
  }
}
