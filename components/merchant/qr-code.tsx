/** A QR code, drawn as one path; black on white in light and dark, since cameras expect it so. */
export function QrCode({
  squares,
  label,
  className,
}: {
  readonly squares: readonly (readonly boolean[])[]
  readonly label: string
  readonly className?: string
}) {
  const path = squares.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      viewBox={`0 0 ${squares.length} ${squares.length}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width="100%" height="100%" fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}
