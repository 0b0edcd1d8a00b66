public import Kernels
public import RangeImages

/// How scans are segmented; what is segmented, and into which classes, is the model's to say.
public struct SegmentationConfiguration: Sendable {
  /// Whose kernels run the network.
  public var backend: Backend
  /// Threads for the network and for carrying labels back.
  public var threadCount: Int
  /// Which kernels are used where several could be.
  public var selection: KernelSelection
  /// How cells' labels reach points.
  public var carrying: Carrying
  /// How points find their rows, where not as the model's geometry says.
  public var rowRule: ImageGeometry.RowRule?
  /// Whether a recurrent CRF at the end of the network, if it has one, refines the scores.
  public var refines: Bool

  /// How cells' labels reach points.
  public enum Carrying: Sendable {
    /// A point takes the label of its own cell.
    case cell
    /// The nearest neighbours in the image vote.
    case vote(NeighbourVote)
    /// The objects of the image settle on classes of their size, then the nearest neighbours vote.
    case objects(NeighbourVote)
  }

  /// A configuration; see the properties.
  public init(
    backend: Backend = .fastest, threadCount: Int = 1, selection: KernelSelection = .shipped,
    carrying: Carrying = .objects(NeighbourVote()),
    rowRule: ImageGeometry.RowRule? = nil, refines: Bool = true
  ) {
    self.backend = backend
    self.threadCount = threadCount
    self.selection = selection
    self.carrying = carrying
    self.rowRule = rowRule
    self.refines = refines
  }
}
