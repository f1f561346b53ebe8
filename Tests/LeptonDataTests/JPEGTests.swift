import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

/// Pictures that Pillow wrote: 8 × 8 pixels, red on the left, blue on the right.
@Suite struct JPEGTests {
  /// Red (200, 30, 30) and blue (20, 40, 220).
  private static let colour = bytes(
    base64: """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkI
      BgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoK
      CgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgr/wAARCAAIAAgDAREAAhEBAxEB/8QAFAABAAAAAAAA
      AAAAAAAAAAAACP/EABgQAAIDAAAAAAAAAAAAAAAAAAAHRYPC/8QAFQEBAQAAAAAAAAAAAAAAAAAABwj/xAAY
      EQACAwAAAAAAAAAAAAAAAAAACEWExP/aAAwDAQACEQMRAD8AB7ejrsFAJFP1dI8OPB2c5//Z
      """)
  /// Grey 200 and grey 20.
  static let grey = bytes(
    base64: """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkI
      BgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAB//E
      ABgQAAIDAAAAAAAAAAAAAAAAAAAKR4bF/9oACAEBAAA/ADdo2DLNkn//2Q==
      """)
  /// The colours in several scans.
  private static let progressive = bytes(
    base64: """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUf
      GhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgo
      KCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wgARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAA
      AAAAAAAAAAAAAAb/xAAVAQEBAAAAAAAAAAAAAAAAAAABBv/aAAwDAQACEAMQAAABlxRv/8QAFRABAQAAAAAA
      AAAAAAAAAAAAAAP/2gAIAQEAAQUCs//EABkRAAEFAAAAAAAAAAAAAAAAAAACBTSBsf/aAAgBAwEBPwF0lKrD
      /8QAGhEAAAcAAAAAAAAAAAAAAAAAAAECBTSBsf/aAAgBAgEBPwFpiIvTH//EABUQAQEAAAAAAAAAAAAAAAAA
      AAAB/9oACAEBAAY/Ao//xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/IT//2gAMAwEAAgADAAAAEA//
      xAAWEQADAAAAAAAAAAAAAAAAAAAAYfD/2gAIAQMBAT8QiQ//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEC
      AQE/EGH/xAAVEAEBAAAAAAAAAAAAAAAAAADBAP/aAAgBAQABPxBC/9k=
      """)
  /// Four colours of a printer.
  private static let printed = bytes(
    base64: """
      /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAGBAUGBQQGBgUGBwcGCAoQCgoJCQoUDg8MEBcUGBgXFBYWGh0lHxob
      IxwWFiAsICMmJykqKRkfLTAtKDAlKCko/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABcAAAMBAAAAAAAAAAAA
      AAAAAAMFBwj/xAAbEAABBAMAAAAAAAAAAAAAAAAACEaEwwRCgf/aAA4EQwBNAFkASwAAPwBOqNsyqiB423Aa
      U3RFuNUn/9k=
      """)

  @Test func `Colours have three channels`() throws {
    let picture = try JPEG.tensor(Self.colour)
    #expect(picture.shape.sizes == [8, 8, 3])
    let pixels = try picture.elements(as: Int.self)
    #expect(Array(pixels[..<3]) == [200, 30, 30])
    #expect(Array(pixels[21..<24]) == [20, 41, 220])
  }

  @Test func `Grey has one`() throws {
    let picture = try JPEG.tensor(Self.grey)
    #expect(picture.shape.sizes == [8, 8])
    let pixels = try picture.elements(as: Int.self)
    #expect(pixels[0] == 200 && pixels[7] == 20)
  }

  @Test func `A picture in several scans is read`() throws {
    let pixels = try JPEG.tensor(Self.progressive).elements(as: Int.self)
    #expect(Array(pixels[..<3]) == [196, 31, 25])
  }

  @Test func `The colours of a printer become three`() throws {
    let picture = try JPEG.tensor(Self.printed)
    #expect(picture.shape.sizes == [8, 8, 3])
    let pixels = try picture.elements(as: Int.self)
    // Pillow's `convert("RGB")` gives the same.
    #expect(Array(pixels[..<3]) == [201, 29, 30])
    #expect(Array(pixels[21..<24]) == [19, 41, 220])
  }

  @Test func `What cannot be read says why`() {
    let cut = #expect(throws: FileError.self) { try JPEG.tensor(Array(Self.colour.dropLast(30))) }
    #expect(cut?.code == "file/damaged")
    let large = #expect(throws: FileError.self) { try JPEG.tensor(Self.colour, limit: 100) }
    #expect(large?.code == "file/size")
    #expect(throws: FileError.self) { try JPEG.tensor([]) }
  }

  @Test func `Hostile bytes give a value or an error`() {
    for picture in [Self.colour, Self.grey, Self.progressive, Self.printed] {
      #expect(feedHostile(picture) { _ = try JPEG.tensor($0, limit: 1 << 22) } == 0)
    }
  }
}
