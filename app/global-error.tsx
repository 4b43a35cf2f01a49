'use client'

import './globals.css'
import ErrorPage from './error'

/** Shown when not even the frame of the pages could be drawn. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="ko">
      <body className="font-sans">
        <ErrorPage {...props} />
      </body>
    </html>
  )
}
