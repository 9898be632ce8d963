//! A web server for files, as plain as the static hosts that the page is made for.
//!
//! It serves one folder below a path of the reader's choice, so that the tests can prove
//! that the page works in any sub-folder.

use crate::Outcome;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A server that listens on this machine only, until the program ends.
pub struct StaticServer {
    /// Where a browser finds the folder, ending in `/`.
    pub address: String,
    accepting: thread::JoinHandle<()>,
}

/// What is served, and below which path (`/` or `/some/folder/`).
struct Site {
    folder: PathBuf,
    path: String,
}

impl StaticServer {
    /// Serves `folder` below `path`, on a port of the system's choice if `port` is 0.
    pub fn start(folder: PathBuf, path: &str, port: u16) -> Outcome<StaticServer> {
        let failed = |error: io::Error| format!("cannot listen on port {port}: {error}");
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(failed)?;
        let address = format!("http://{}{path}", listener.local_addr().map_err(failed)?);
        let site = Arc::new(Site { folder, path: path.to_owned() });
        let accepting = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = Arc::clone(&site);
                // A browser that went away mid-answer is no concern of the server's.
                thread::spawn(move || answer(stream, &site).ok());
            }
        });
        Ok(StaticServer { address, accepting })
    }

    /// Serves until the program is interrupted.
    pub fn wait(self) -> Outcome {
        self.accepting.join().map_err(|_| "the server stopped".into())
    }
}

fn answer(mut stream: TcpStream, site: &Site) -> io::Result<()> {
    // Browsers open connections ahead of need and may never use them.
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut request = BufReader::new(&stream);
    let mut line = String::new();
    request.read_line(&mut line)?;
    loop {
        let mut header = String::new();
        if request.read_line(&mut header)? == 0 || header.trim_end().is_empty() {
            break;
        }
    }
    let response = respond(&line, site);
    write!(
        stream,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n",
        response.status,
        response.content_type,
        response.body.len()
    )?;
    if !line.starts_with("HEAD ") {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

#[derive(Debug, PartialEq)]
struct Response {
    status: &'static str,
    content_type: &'static str,
    body: Vec<u8>,
}

impl Response {
    fn error(status: &'static str) -> Response {
        Response { status, content_type: "text/plain; charset=utf-8", body: status.into() }
    }
}

fn respond(request_line: &str, site: &Site) -> Response {
    let mut words = request_line.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if !matches!(method, "GET" | "HEAD") {
        return Response::error("405 Method Not Allowed");
    }
    let Some(file) = file_of(target, site) else {
        return Response::error("404 Not Found");
    };
    match fs::read(&file) {
        Ok(body) => Response { status: "200 OK", content_type: content_type(&file), body },
        Err(_) => Response::error("404 Not Found"),
    }
}

/// The file that a request's target names, which is never one outside of the site's folder.
fn file_of(target: &str, site: &Site) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let within = percent_decoded(path.strip_prefix(&site.path)?)?;
    let within = Path::new(&within);
    if !within.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let file = site.folder.join(within);
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(piece.get(..2)?, 16).ok()?);
        bytes.extend(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "sql" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn source_folder(path: &str) -> Site {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
        Site { folder, path: path.into() }
    }

    #[test]
    fn files_are_served_below_the_path_and_nowhere_else() {
        for (request, status) in [
            ("GET /a/b/main.rs HTTP/1.1", "200 OK"),
            ("GET /a/b/main.rs?query#fragment HTTP/1.1", "200 OK"),
            ("GET /a/b/m%61in.rs HTTP/1.1", "200 OK"),
            ("HEAD /a/b/main.rs HTTP/1.1", "200 OK"),
            ("POST /a/b/main.rs HTTP/1.1", "405 Method Not Allowed"),
            ("GET /main.rs HTTP/1.1", "404 Not Found"),
            ("GET /a/b/none.rs HTTP/1.1", "404 Not Found"),
            ("GET /a/b/setup HTTP/1.1", "404 Not Found"),
            ("GET /a/b/../Cargo.toml HTTP/1.1", "404 Not Found"),
            ("GET /a/b/%2e%2e/Cargo.toml HTTP/1.1", "404 Not Found"),
            ("GET /a/b//etc/passwd HTTP/1.1", "404 Not Found"),
            ("GET /a/b/%+1 HTTP/1.1", "404 Not Found"),
            ("", "405 Method Not Allowed"),
        ] {
            assert_eq!(respond(request, &source_folder("/a/b/")).status, status, "{request}");
        }
    }

    #[test]
    fn webassembly_and_modules_have_the_types_that_browsers_insist_on() {
        assert_eq!(content_type(Path::new("a_bg.wasm")), "application/wasm");
        assert_eq!(content_type(Path::new("a.js")), "text/javascript; charset=utf-8");
        assert_eq!(content_type(Path::new("a")), "application/octet-stream");
    }

    #[test]
    fn a_started_server_answers() {
        let site = source_folder("/x/");
        let server = StaticServer::start(site.folder, &site.path, 0).unwrap();
        let host = server.address.strip_prefix("http://").unwrap().strip_suffix("/x/").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(b"GET /x/main.rs HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with(include_str!("main.rs")), "{answer}");
    }
}
