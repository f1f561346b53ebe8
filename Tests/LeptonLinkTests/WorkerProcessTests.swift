import Glibc
import LeptonLink
import LeptonSession
import Testing

extension LinkTests {
  /// Programs that are no workers stand in for workers that die in every way.
  @Suite("A worker process ends")
  struct WorkerProcessTests {
    /// Writes a shell script and gives its path.
    private func script(_ body: String) throws -> String {
      var template = Array("/tmp/lepton-worker-XXXXXX".utf8CString)
      let descriptor = mkstemp(&template)
      try #require(descriptor >= 0)
      let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let text = "#!/bin/sh\n\(body)\n"
      #expect(write(descriptor, text, text.utf8.count) == text.utf8.count)
      fchmod(descriptor, 0o700)
      close(descriptor)
      return path
    }

    private func reason(ofProgram body: String) throws -> String {
      let path = try script(body)
      defer { unlink(path) }
      let client = try WorkerClient(program: path)
      do {
        _ = try client.isComplete("")
        return "it answered"
      } catch SessionError.notStarted(let reason) {
        return reason
      }
    }

    @Test(
      "The reason tells how it ended",
      arguments: [
        ("exit 3", "the worker ended by itself with status 3"),
        ("kill -SEGV $$", "the worker touched memory that it does not have (SIGSEGV)"),
        ("kill -ILL $$", "the worker hit an internal error of Lepton (SIGILL)"),
        (
          "kill -KILL $$",
          "the worker was killed (SIGKILL), most often because the machine ran out of memory"
        ),
      ])
    func reasons(body: String, reason: String) throws {
      #expect(try self.reason(ofProgram: body) == reason)
    }

    @Test("A program that is not there is told by name")
    func missing() {
      #expect(throws: SessionError.notStarted("/nowhere/worker: No such file or directory")) {
        try WorkerClient(program: "/nowhere/worker")
      }
    }

    @Test("It gets the environment that its libraries need, and none of ours beside")
    func environment() throws {
      setenv("LEPTON_TEST_SECRET", "1", 1)
      let reason = try reason(
        ofProgram: """
          [ "$OPENBLAS_NUM_THREADS" = 1 ] || exit 41
          [ "$SWIFT_BACKTRACE" = enable=no ] || exit 42
          [ -z "$LEPTON_TEST_SECRET" ] || exit 43
          exit 40
          """)
      #expect(reason == "the worker ended by itself with status 40")
    }

    @Test("It inherits its socket and the standard descriptors, and no other")
    func descriptors() throws {
      let opened = open("/dev/null", O_RDONLY)
      defer { close(opened) }
      let high = dup2(opened, 100)
      defer { close(high) }
      let reason = try reason(
        ofProgram: "[ -e /proc/$$/fd/100 ] && exit 41; [ -S /proc/$$/fd/3 ] || exit 42; exit 40")
      #expect(reason == "the worker ended by itself with status 40")
    }

    /// What stands behind the descriptors of this process, such as `socket:[4711]`.
    private func openFiles(_ descriptors: some Sequence<Int32> = 0..<1024) -> Set<String> {
      var buffer = [CChar](repeating: 0, count: 256)
      return Set(
        descriptors.compactMap { descriptor in
          let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
          guard count > 0 else { return nil }
          return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
        })
    }

    @Test("Neither a zombie nor a descriptor stays behind")
    func leavesNothing() throws {
      let path = try script("exec sleep 60")
      defer { unlink(path) }
      for _ in 0..<10 {
        var client: WorkerClient? = try WorkerClient(program: path)
        let process = client?.processIdentifier ?? 0
        let held = openFiles(client?.descriptors ?? [])
        #expect(held.count == 2)
        #expect(openFiles().isSuperset(of: held))
        client?.terminate()
        client = nil
        #expect(kill(process, 0) == -1)
        #expect(openFiles().isDisjoint(with: held))
      }
    }

    @Test("A worker that ignores the goodbye is killed")
    func stubborn() throws {
      let path = try script("trap '' TERM INT HUP; exec sleep 60")
      defer { unlink(path) }
      let client = try WorkerClient(program: path)
      client.patience.ending = 20
      client.close()
      #expect(kill(client.processIdentifier, 0) == -1)
    }
  }
}
