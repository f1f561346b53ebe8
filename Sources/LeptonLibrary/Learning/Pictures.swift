import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// Pictures with captions, as a value of the language.
final class PicturesObject: Object, Bridged {
  private let grid: ImageGrid
  private let tensor: Tensor

  /// Makes pictures of a batch `[count, height, width]` or `[count, height, width, channels]`.
  ///
  /// Bytes are shown as they are; fractions from 0 to 1 as black to white, others cut off.
  ///
  /// - Throws: `LanguageError` with code `shape/picture` if the tensor is no batch of pictures.
  init(_ tensor: Tensor, captions: [String], title: String = "", columns: Int = 8) throws {
    let sizes = tensor.shape.sizes
    let channels = sizes.count == 4 ? sizes[3] : 1
    guard sizes.count == 3 || sizes.count == 4, channels == 1 || channels == 3 else {
      throw LanguageError(
        "shape/picture",
        "pictures have shape [count, height, width] or [count, height, width, 1 or 3], not \(tensor.shape)",
        help: ["reshape them: x.reshape([-1, 28, 28])"])
    }
    let bytes = try PicturesObject.bytes(of: tensor)
    let size = sizes[1] * sizes[2] * channels
    self.tensor = tensor
    grid = ImageGrid(
      title: title,
      images: (0..<sizes[0]).map { index in
        .init(
          width: sizes[2], height: sizes[1], channels: channels,
          pixels: Array(bytes[index * size..<(index + 1) * size]),
          caption: index < captions.count ? captions[index] : "")
      }, columns: max(1, columns))
  }

  static var typeName: String { "pictures" }
  var source: String { "images(…)" }
  var count: Int? { grid.images.count }
  var fieldNames: [String] { ["captions", "pixels"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "captions": grid.images.map(\.caption).value
    case "pixels": .tensor(tensor)
    default: nil
    }
  }

  /// How it is shown.
  var output: Output { .images(grid) }
  func outputs(in context: Context) throws -> [Output]? { [output] }

  fileprivate static func bytes(of tensor: Tensor) throws -> [UInt8] {
    guard tensor.elementType.isFloat else {
      return try tensor.clipped(from: 0, to: 255).elements(as: UInt8.self)
    }
    return try tensor.clipped(from: 0.0, to: 1.0).multiplying(255.0).rounded()
      .elements(as: UInt8.self)
  }
}

extension Library {
  /// Pictures, looked at.
  static var pictures: Family {
    Family("Pictures", [images, readImage, writeImage, resize])
  }

  private static var images: Builtin {
    Builtin(
      "images(pictures, captions = [], columns = 8, title = \"\")",
      "Shows pictures in rows, each with its caption.",
      details: """
        `pictures` is one picture `[height, width]` or a batch of them, or a data set, whose first \
        pictures are shown with their classes. Bytes go from 0 to 255, fractions from 0 to 1. \
        `captions` are texts or numbers.
        """,
      examples: ["len(images(zeros([2, 4, 4])))": "2"]
    ) { (pictures: Value, captions: Value, columns: Int, title: String) in
      if case .object(let object as DatasetObject) = pictures {
        let columns = min(max(columns, 1), 1 << 10)
        return try images(object.dataset.take(4 * columns), columns: columns, title: title)
      }
      let tensor = try Tensor.bridging(pictures)
      let batch = tensor.shape.rank == 2 ? try tensor.expanded(at: 0) : tensor
      return try PicturesObject(
        batch, captions: texts(of: captions), title: title, columns: columns)
    }
  }

  /// What stands below pictures: texts, or classes as a list or a tensor of numbers.
  private static func texts(of captions: Value) throws -> [String] {
    if case .tensor(let tensor) = captions { return try tensor.scalars().map(\.text) }
    return try [Value].bridging(captions).map(\.text)
  }

  private static var readImage: Builtin {
    Builtin(
      "read_image(file, size = nothing, grey = false)",
      "Reads a PNG or JPEG picture as float32 from 0 (black) to 1 (white).",
      details: """
        It is `[height, width]`, or `[height, width, channels]` in colour; `grey=true` makes one channel \
        of them, leaving transparency out. `size=[height, width]` resizes it. Numbers are \
        taken as they stand in the file, 16 bits of each where it has them; the four colours of a printer become three. What gzip has packed is unpacked.
        """
    ) { (context: Context, file: String, size: [Int]?, grey: Bool) in
      let bytes = try context.files.content(of: file)
      let pixels =
        JPEG.begins(bytes)
        ? try JPEG.tensor(bytes, name: file) : try PNG.tensor(bytes, name: file)
      let white = pixels.elementType == .uint8 ? 255.0 : 65535.0
      let picture = try pixels.cast(to: .float32).dividing(white)
      let plain = grey ? try picture.withoutColour() : picture
      return try size.map { try resized(plain, to: $0) } ?? plain
    }
  }

  private static var writeImage: Builtin {
    Builtin(
      "write_image(file, picture)", "Writes a picture to a PNG file.",
      details: """
        It is `[height, width]`, or `[height, width, channels]` with 1 to 4 channels; bytes go from 0 to \
        255, fractions from 0 to 1, and what is beyond is cut off. `read_image` reads it again.
        """
    ) { (context: Context, file: String, picture: Tensor) -> Value in
      let pixels = try Tensor(
        PicturesObject.bytes(of: picture), shape: picture.shape.sizes)
      try context.files.write(PNG.bytes(of: pixels), to: file)
      return .nothing
    }
  }

  private static var resize: Builtin {
    Builtin(
      "resize(picture, size)", "A picture in another size: each new pixel is the mean of its area.",
      examples: ["resize([[0.0, 2.0], [4.0, 6.0]], [1, 1])": "tensor([[3.0]])"]
    ) { (picture: Tensor, size: [Int]) in
      try resized(picture.cast(to: picture.elementType.asFloat), to: size)
    }
  }

  private static func resized(_ picture: Tensor, to size: [Int]) throws -> Tensor {
    guard size.count == 2 else {
      throw LanguageError("value/range", "a size is [height, width], not \(size)")
    }
    return try Resizing.apply(picture, height: size[0], width: size[1])
  }

  /// The pictures of a data set, with their classes where they have some.
  static func images(_ data: Dataset, columns: Int, title: String = "") throws -> PicturesObject {
    let names = data.isClassified ? try data.classNames() : []
    let labels = data.isClassified ? try data.targets().elements(as: Int.self) : []
    let captions = labels.map { names.indices.contains($0) ? names[$0] : "" }
    return try PicturesObject(data.inputs(), captions: captions, title: title, columns: columns)
  }
}

extension Tensor {
  /// A picture as one channel of grey: the luminance of ITU-R BT.601, without transparency.
  fileprivate func withoutColour() throws -> Tensor {
    guard shape.rank == 3 else { return self }
    let isColour = shape[2] >= 3
    let weights: [Float] = isColour ? [0.299, 0.587, 0.114] : [1]
    let channels = try sliced([Slice(), Slice(), Slice(to: weights.count)])
    return try channels.multiplying(Tensor(weights, shape: [weights.count])).sum(axes: [2])
  }
}
