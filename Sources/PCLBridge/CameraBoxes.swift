import CPCL

/// A camera beside a LiDAR: matrices row by row, the image in pixels.
package struct CameraGeometry: Equatable, Sendable {
  /// 3x4: points of the LiDAR into the reference camera's frame, in metres.
  package let cameraFromLidar: [Double]
  /// 3x3: the rectifying rotation.
  package let rectification: [Double]
  /// 3x4: rectified points into the image.
  package let projection: [Double]
  package let imageWidth: Double
  package let imageHeight: Double

  package init(
    cameraFromLidar: [Double], rectification: [Double], projection: [Double],
    imageWidth: Double, imageHeight: Double
  ) {
    precondition(
      cameraFromLidar.count == 12 && rectification.count == 9 && projection.count == 12,
      "a camera has 12, 9 and 12 numbers, not "
        + "\(cameraFromLidar.count), \(rectification.count) and \(projection.count)")
    self.cameraFromLidar = cameraFromLidar
    self.rectification = rectification
    self.projection = projection
    self.imageWidth = imageWidth
    self.imageHeight = imageHeight
  }
}

/// An upright box in the rectified camera's frame: x right, y down, z forward, in metres.
package struct CameraBox: Equatable, Sendable {
  /// The middle of the bottom.
  package var bottom: SIMD3<Double>
  package var length: Double
  package var width: Double
  package var height: Double
  /// Radians about the downward axis; at 0 the length lies along x.
  package var yaw: Double
  /// What the box's points are, above 0.
  package var kind: UInt8

  package init(
    bottom: SIMD3<Double>, length: Double, width: Double, height: Double, yaw: Double, kind: UInt8
  ) {
    self.bottom = bottom
    self.length = length
    self.width = width
    self.height = height
    self.yaw = yaw
    self.kind = kind
  }
}

/// A rectangle of the image, in pixels, its edges included.
package struct ImageRegion: Equatable, Sendable {
  package var left: Double
  package var top: Double
  package var right: Double
  package var bottom: Double

  package init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }
}

extension CameraGeometry {
  /// One kind per point: `outside` for points that the image does not show, else the kind of the
  /// last box that holds the point, else `masked` in one of the regions, else 0.
  ///
  /// - Precondition: `x`, `y` and `z` have one length.
  package func kinds(
    x: [Float], y: [Float], z: [Float], boxes: [CameraBox], masking regions: [ImageRegion],
    masked: UInt8, outside: UInt8
  ) -> [UInt8] {
    precondition(
      y.count == x.count && z.count == x.count,
      "x, y, z differ in length: \([x.count, y.count, z.count])")
    let boxes = boxes.map {
      cpcl_box(
        x: $0.bottom.x, y: $0.bottom.y, z: $0.bottom.z, length: $0.length, width: $0.width,
        height: $0.height, yaw: $0.yaw, kind: $0.kind)
    }
    let regions = regions.map {
      cpcl_region(left: $0.left, top: $0.top, right: $0.right, bottom: $0.bottom)
    }
    return [UInt8](unsafeUninitializedCapacity: x.count) { kinds, count in
      withCamera { camera in
        cpcl_classes_in_boxes(
          x, y, z, x.count, camera, boxes, boxes.count, regions, regions.count, masked, outside,
          kinds.baseAddress)
      }
      count = x.count
    }
  }

  private func withCamera(_ body: (cpcl_camera) -> Void) {
    cameraFromLidar.withUnsafeBufferPointer { cameraFromLidar in
      rectification.withUnsafeBufferPointer { rectification in
        projection.withUnsafeBufferPointer { projection in
          guard let rigid = cameraFromLidar.baseAddress, let rotation = rectification.baseAddress,
            let image = projection.baseAddress
          else { preconditionFailure("a camera's matrices are never empty") }
          body(
            cpcl_camera(
              camera_from_lidar: rigid, rectification: rotation, projection: image,
              image_width: imageWidth, image_height: imageHeight))
        }
      }
    }
  }
}
