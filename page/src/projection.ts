// Which projection the map has, and how it is moved and scaled.
//
// Events of one region are shown on an equal-area plane that touches the earth in their midst; events around the world on
// Equal Earth. Neither makes a northern country larger than it is.

import { geoAzimuthalEqualArea, geoCentroid, geoDistance, geoEqualEarth, type GeoProjection } from "d3-geo";

export interface View { k: number; x: number; y: number }

/** The projection at scale 1 for a map of this size. */
export function projectionFor(points: [number, number][], width: number, height: number): GeoProjection {
  const centre = points.length > 0 ? geoCentroid({ type: "MultiPoint", coordinates: points }) : ([0, 20] as [number, number]);
  const reach = Math.max(0, ...points.map((point) => geoDistance(centre, point)));
  const size = Math.min(width, height * 1.6);
  // 0.9 of the radius of the earth: from Lisbon to Moscow; beyond, the plane would bend what is at its edge.
  const projection =
    reach < 0.9
      ? geoAzimuthalEqualArea().rotate([-centre[0], -centre[1]]).clipAngle(100).scale(size / 2)
      : geoEqualEarth().rotate([-Math.round(centre[0] / 10) * 10, 0]).scale(size / 5.4);
  return projection.translate([width / 2, height / 2]).precision(0.3);
}

/** The view in which all these points are seen. */
export function fit(points: { x: number; y: number }[], width: number, height: number): View {
  if (points.length === 0 || width === 0) return { k: 1, x: 0, y: 0 };
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const margin = 48;
  const k = Math.min(
    40,
    (width - 2 * margin) / Math.max(right - left, 1e-6),
    (height - 2 * margin) / Math.max(bottom - top, 1e-6),
  );
  const scale = Math.max(0.8, k);
  return { k: scale, x: width / 2 - (scale * (left + right)) / 2, y: height / 2 - (scale * (top + bottom)) / 2 };
}

/** The view scaled by a factor about a point of the screen. */
export function scaled(view: View, factor: number, x: number, y: number): View {
  const k = Math.min(600, Math.max(0.5, view.k * factor));
  const by = k / view.k;
  return { k, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
}
