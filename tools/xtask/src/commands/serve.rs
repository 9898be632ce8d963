//! The page on localhost.

use super::build;
use crate::process::run as run_process;
use crate::static_server::StaticServer;
use crate::{Outcome, repository, setup};

/// How the page is served.
#[derive(Debug, PartialEq)]
pub struct Options {
    port: u16,
    release: bool,
}

impl Options {
    /// Reads `[--port N] [--release]`.
    pub fn parse(mut arguments: &[&str]) -> Outcome<Options> {
        let mut options = Options { port: 8080, release: false };
        loop {
            arguments = match arguments {
                [] => return Ok(options),
                ["--release", rest @ ..] => {
                    options.release = true;
                    rest
                }
                ["--port", port, rest @ ..] => {
                    options.port = port.parse().map_err(|_| format!("not a port: {port}"))?;
                    rest
                }
                [other, ..] => return Err(format!("serve does not know {other}")),
            };
        }
    }
}

/// Serves the page until interrupted.
pub fn run(options: &Options) -> Outcome {
    if options.release {
        build::run()?;
        let server = StaticServer::start(repository::dist(), "/", options.port)?;
        println!("Lockstep: {}", server.address);
        return server.wait();
    }
    let tools = setup::for_page()?;
    build::fetch_dependencies()?;
    println!("Lockstep: http://127.0.0.1:{}/ as soon as it is built", options.port);
    // trunk's own reloading needs a connection, which the page's content security policy forbids.
    let (dist, port) = (repository::target().join("served-page"), options.port.to_string());
    run_process(
        tools
            .trunk()
            .args([
                "serve",
                "--cargo-profile",
                "serve",
                "--no-autoreload=true",
                "--no-error-reporting=true",
                "--port",
                &port,
                "--dist",
            ])
            .arg(dist),
    )
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn options_are_read_in_any_order() {
        assert_eq!(Options::parse(&[]), Ok(Options { port: 8080, release: false }));
        assert_eq!(Options::parse(&["--release", "--port", "1"]), Ok(Options { port: 1, release: true }));
        assert_eq!(Options::parse(&["--port", "x"]), Err("not a port: x".into()));
        assert_eq!(Options::parse(&["--port"]), Err("serve does not know --port".into()));
    }
}
