"""The child process that draws: pictures as JSON on stdin, PNG files in base64 as JSON on stdout."""
