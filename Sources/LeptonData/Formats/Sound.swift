import CSoundFile
import LeptonFiles
import LeptonTensor

/// Sounds (WAV, FLAC, AIFF, Ogg), as numbers from −1 to 1.
public struct Sound: Sendable {
  /// The samples as `float32`: `[frames]` for one channel, `[frames, channels]` for more.
  public let samples: Tensor
  /// How many frames make a second.
  public let rate: Int

  /// Makes a sound.
  public init(samples: Tensor, rate: Int) {
    self.samples = samples
    self.rate = rate
  }

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - limit: how many samples it may have.
  ///   - name: what messages call it.
  /// - Throws: `FileError` with code `file/damaged` or `file/size`; `TensorError` if memory is short.
  public init(reading bytes: [UInt8], limit: Int = 1 << 28, name: String = "sound data") throws {
    let file = try SoundFile(reading: bytes, name: name)
    let channels = file.channels
    var samples: [Float] = []
    while true {
      let chunk = file.next()
      if chunk.isEmpty { break }
      samples += chunk
      guard samples.count <= limit else {
        throw FileError(
          code: "file/size", message: "\(name.quoted) has more than \(limit) samples")
      }
    }
    guard samples.count >= file.declaredFrames.multipliedReportingOverflow(by: channels).0,
      file.isSound
    else {
      throw FileError.damaged(
        name,
        "it says that it has \(file.declaredFrames) frames, and \(samples.count / channels) are there",
        help: ["copy or load it again"])
    }
    let shape = channels == 1 ? [samples.count] : [samples.count / channels, channels]
    self.init(samples: try Tensor(samples, shape: shape), rate: file.rate)
  }

  /// Writes a WAV file with samples of 16 bits; what is beyond −1 and 1 is cut off.
  ///
  /// - Throws: `TensorError` with code `shape/sound` if the samples are not `[frames]` or
  ///   `[frames, channels]`; `FileError` with code `data/sound` if libsndfile refuses them.
  public func wav() throws -> [UInt8] {
    let sizes = samples.shape.sizes
    let channels = sizes.count == 2 ? sizes[1] : 1
    guard sizes.count == 1 || sizes.count == 2, (1...1024).contains(channels),
      (1...655_350).contains(rate)
    else {
      throw TensorError(
        "shape/sound", "samples of shape \(samples.shape) at \(rate) in a second are no sound",
        help: ["samples are [frames] or [frames, channels], and a second has 1 to 655,350 frames"])
    }
    return try SoundFile.wav(
      samples.cast(to: .float32).elements(as: Float.self), channels: channels, rate: rate)
  }
}

/// An open sound in memory.
private final class SoundFile {
  private var handle: OpaquePointer?
  private var information = SF_INFO()
  private let memory: Memory

  /// The bytes that libsndfile reads and writes.
  private final class Memory {
    var bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func of(_ user: UnsafeMutableRawPointer?) -> Memory? {
      user.map { Unmanaged<Memory>.fromOpaque($0).takeUnretainedValue() }
    }

    /// How libsndfile reaches them.
    static var access: SF_VIRTUAL_IO {
      SF_VIRTUAL_IO(
        get_filelen: { sf_count_t(Memory.of($0)?.bytes.count ?? 0) },
        seek: { offset, whence, user in Memory.of(user)?.seek(Int(offset), whence) ?? -1 },
        read: { target, count, user in Memory.of(user)?.read(target, Int(count)) ?? 0 },
        write: { source, count, user in Memory.of(user)?.write(source, Int(count)) ?? 0 },
        tell: { sf_count_t(Memory.of($0)?.position ?? 0) })
    }

    private func seek(_ offset: Int, _ whence: Int32) -> sf_count_t {
      let start = whence == SF_SEEK_SET ? 0 : whence == SF_SEEK_CUR ? position : bytes.count
      let (place, overflow) = start.addingReportingOverflow(offset)
      guard !overflow, place >= 0 else { return -1 }
      position = place
      return sf_count_t(place)
    }

    private func read(_ target: UnsafeMutableRawPointer?, _ count: Int) -> sf_count_t {
      let size = max(0, min(count, bytes.count - position))
      guard let target, size > 0 else { return 0 }
      bytes.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(start: target, count: size)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[position..<position + size]))
      }
      position += size
      return sf_count_t(size)
    }

    private func write(_ source: UnsafeRawPointer?, _ count: Int) -> sf_count_t {
      guard let source, count > 0, position < 1 << 32 else { return 0 }
      let end = position + count
      if bytes.count < end { bytes += repeatElement(0, count: end - bytes.count) }
      bytes.replaceSubrange(
        position..<end, with: UnsafeRawBufferPointer(start: source, count: count))
      position = end
      return sf_count_t(count)
    }
  }

  private init(_ memory: Memory, _ information: SF_INFO, mode: Int32) {
    self.memory = memory
    self.information = information
    var access = Memory.access
    handle = sf_open_virtual(
      &access, mode, &self.information, Unmanaged.passUnretained(memory).toOpaque())
  }

  deinit { if let handle { sf_close(handle) } }

  convenience init(reading bytes: [UInt8], name: String) throws {
    self.init(Memory(bytes), SF_INFO(), mode: Int32(SFM_READ))
    guard handle != nil, information.channels > 0, information.samplerate > 0 else {
      throw FileError.damaged(name, "libsndfile says \"\(words)\"")
    }
  }

  var channels: Int { Int(information.channels) }
  var rate: Int { Int(information.samplerate) }
  var declaredFrames: Int { max(0, Int(information.frames)) }

  /// Whether all went well.
  var isSound: Bool { sf_error(handle) == SF_ERR_NO_ERROR }

  /// What libsndfile says went wrong.
  private var words: String { sf_strerror(handle).map { String(cString: $0) } ?? "unknown" }

  /// The next samples, none at the end.
  func next() -> [Float] {
    let room = max(1, (1 << 16) / channels) * channels
    return [Float](unsafeUninitializedCapacity: room) { buffer, filled in
      filled = max(0, Int(sf_read_float(handle, buffer.baseAddress, sf_count_t(room))))
    }
  }

  static func wav(_ samples: [Float], channels: Int, rate: Int) throws -> [UInt8] {
    var information = SF_INFO()
    information.samplerate = Int32(rate)
    information.channels = Int32(channels)
    information.format = Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_16)
    let memory = Memory([])
    let file = SoundFile(memory, information, mode: Int32(SFM_WRITE))
    // Without it what is beyond the range would wrap around.
    sf_command(file.handle, Int32(SFC_SET_CLIPPING), nil, Int32(SF_TRUE))
    guard let handle = file.handle,
      sf_write_float(handle, samples, sf_count_t(samples.count)) == samples.count
    else { throw FileError(code: "data/sound", message: "libsndfile says \"\(file.words)\"") }
    file.close()
    return memory.bytes
  }

  /// Writes what is still to be written.
  private func close() {
    if let handle { sf_close(handle) }
    handle = nil
  }
}
