import Foundation
import LeptonFiles
import Testing

@Suite struct FolderLockTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "lepton-lock-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test func `a folder is held by one lock at a time, and named with the process that holds it`()
    throws
  {
    var first = try FolderLock(folder)
    #expect(first != nil)
    let error = #expect(throws: FileError.self) { try FolderLock(folder) }
    #expect(error?.code == "file/busy")
    #expect(
      error?.message
        == "process \(ProcessInfo.processInfo.processIdentifier) is writing into `\(folder)`")
    first = nil
    #expect(try FolderLock(folder) != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func `where there is no folder there is nothing to hold`() throws {
    #expect(try FolderLock(folder + "/none") == nil)
    #expect(try FolderLock(folder + "/none/none", making: true) == nil)
  }

  @Test func `a folder that was made to be locked is gone with the lock, unless it is used`() throws
  {
    let path = folder + "/new"
    var lock = try FolderLock(path, making: true)
    #expect(lock != nil)
    #expect(throws: FileError.self) { try FolderLock(path, making: true) }
    lock = nil
    #expect(!FileManager.default.fileExists(atPath: path))
    lock = try FolderLock(path, making: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/picture"))
    lock = nil
    #expect(FileManager.default.fileExists(atPath: path + "/picture"))
  }
}
