#if Viewer
package import Pictures

/// Where the server takes sweeps from: scans in files, or a stream.
package protocol SweepShelf: Sendable {
  /// What it is.
  var description: SourceDescription { get }
  /// How far it is.
  var state: SourceState { get }

  /// A sweep by its number.
  ///
  /// A request that is cancelled before its turn costs nothing.
  /// - Throws: `SweepFault` where it cannot be had; `CancellationError`.
  func sweep(_ number: Int) async throws -> SweepBytes

  /// Tells when `state` may be another: once at first, then once for all changes since it was last
  /// asked, so that a slow listener holds nobody up.
  func changes() -> (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)

  /// A page that named itself so when it began to listen is gone.
  func left(_ page: String)
}

extension SweepShelf {
  /// Who only shows sweeps needs not know.
  package func left(_ page: String) {}
}

/// What the page is told of a source once; `GET /api/source`.
package struct SourceDescription: Sendable, Encodable {
  /// Whether sweeps can be asked for in any order.
  package enum Kind: String, Sendable, Encodable {
    /// Scans in files.
    case stored
    /// Sweeps that come by themselves.
    case live
    /// Scans in files, to be annotated.
    case annotated
  }

  /// A class, as the legend shows it.
  package struct Class: Sendable, Encodable {
    var name: String
    var color: [UInt8]
  }

  /// The version of the protocol, and of the layout of sweeps.
  package let `protocol` = Int(SweepBytes.version)
  /// The source as it was named.
  package var name: String
  /// Whether sweeps can be asked for in any order.
  package var kind: Kind
  /// The names of stored sweeps, in order.
  package var sweeps: [String]
  /// How labels are shown, by their number in the sweeps' bytes: first the unlabelled.
  package var classes: [Class]
  /// Whether labels are known beside the model's.
  package var truth: Bool
  /// The model's name.
  package var model: String
  /// What annotators choose among; of scans that are annotated.
  package var annotation: Annotation?

  /// What annotators choose among.
  package struct Annotation: Sendable, Encodable {
    /// The folder that files are written to.
    package var folder: String
    /// The raw ids that the classes' points get; those of objects come behind the unlabelled.
    package var semantics: [UInt16]
    /// The names of the classes of objects.
    package var objects: [String]

    /// A choice; see the properties.
    package init(folder: String, semantics: [UInt16], objects: [String]) {
      (self.folder, self.semantics, self.objects) = (folder, semantics, objects)
    }
  }

  /// A description; see the properties.
  package init(
    name: String, kind: Kind, sweeps: [String] = [], palette: ClassPalette, truth: Bool = false,
    model: String, annotation: Annotation? = nil
  ) {
    (self.name, self.kind, self.sweeps) = (name, kind, sweeps)
    (self.truth, self.model, self.annotation) = (truth, model, annotation)
    classes = palette.styles.map {
      Class(name: $0.name, color: [$0.color.red, $0.color.green, $0.color.blue])
    }
  }
}

/// How far a source is; the data of each event of `GET /api/events`.
package struct SourceState: Equatable, Sendable, Encodable {
  /// Something that went wrong, with a number, so that nobody is told twice.
  package struct Fault: Equatable, Sendable, Encodable {
    var id: Int
    var message: String
    var remedy: String
  }

  /// What became of a stream's sweeps.
  package struct Counts: Equatable, Sendable, Encodable {
    /// Sweeps that came.
    package var received: Int
    /// Sweeps that were given up because newer ones waited.
    package var dropped: Int
    /// Sweeps that could not be labelled.
    package var failed: Int

    /// Counts; see the properties.
    package init(received: Int = 0, dropped: Int = 0, failed: Int = 0) {
      (self.received, self.dropped, self.failed) = (received, dropped, failed)
    }
  }

  /// The numbers of the sweeps that can be had; of none, `latest` is below `oldest`.
  package var oldest = 0
  /// The number of the newest one.
  package var latest = -1
  /// What the newest one is called.
  package var name = ""
  /// What became of the sweeps so far.
  package var counts = Counts()
  /// Whether no more will come.
  package var ended = false
  /// The last few things that went wrong.
  package var faults: [Fault] = []
  /// Who annotates, and how far that is; of scans that are annotated.
  package var annotation: Annotation?

  /// Who annotates, and how far that is.
  package struct Annotation: Equatable, Sendable, Encodable {
    /// The page that may change something.
    package var writer: String?
    /// How many steps were done, taken back or done again, in all sweeps.
    package var steps: Int

    /// Nobody annotates yet.
    package init(steps: Int) { self.steps = steps }
  }

  /// Nothing came yet.
  package init() {}
}
#endif
