//! A connection to a server, in PostgreSQL's own protocol: the few messages that scripts need.
//!
//! Source: "Frontend/Backend Protocol" in PostgreSQL's manual. Only the simple query protocol is spoken, because
//! that is what runs a statement exactly as a migration's runner or psql would.

use std::fmt;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::net::TcpStream;

use crate::Outcome;

/// The protocol's version 3.0.
const PROTOCOL: i32 = 3 << 16;

/// An open session.
pub struct Connection {
    reader: BufReader<TcpStream>,
    writer: BufWriter<TcpStream>,
    transaction: Transaction,
    notices: Vec<String>,
}

/// Where the session stands with regard to transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transaction {
    /// Outside of one.
    None,
    /// Inside.
    Open,
    /// Inside one that has failed: everything but its end is refused.
    Failed,
}

/// What the server says when it refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its code.
    pub sqlstate: String,
    /// Its words.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sqlstate, self.message)
    }
}

/// A row of a result; SQL's NULL is none.
pub type Row = Vec<Option<String>>;

impl Connection {
    /// Opens a session as the superuser `postgres`.
    pub fn open(port: u16, database: &str) -> Outcome<Connection> {
        let connect = || -> io::Result<Connection> {
            let stream = TcpStream::connect(("127.0.0.1", port))?;
            stream.set_nodelay(true)?;
            let mut connection = Connection {
                reader: BufReader::new(stream.try_clone()?),
                writer: BufWriter::new(stream),
                transaction: Transaction::None,
                notices: Vec::new(),
            };
            let mut body = PROTOCOL.to_be_bytes().to_vec();
            for word in ["user", "postgres", "database", database, "client_encoding", "UTF8", ""] {
                body.extend(word.as_bytes());
                body.push(0);
            }
            connection.writer.write_all(&length_of(&body))?;
            connection.writer.write_all(&body)?;
            connection.writer.flush()?;
            Ok(connection)
        };
        let mut connection = connect().map_err(|error| format!("cannot reach the server: {error}"))?;
        connection.answer(None)?.map_err(|refusal| format!("the server lets nobody in: {refusal}"))?;
        Ok(connection)
    }

    /// Where the session stands after the last query.
    pub fn transaction(&self) -> Transaction {
        self.transaction
    }

    /// What the server remarked since this was last asked, as far as `client_min_messages` lets it.
    pub fn take_notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    /// Runs a statement, or several, and gives all rows. The outer error is a broken connection.
    pub fn query(&mut self, sql: &str) -> Outcome<Result<Vec<Row>, Refusal>> {
        self.query_with_data(sql, None)
    }

    /// As [`Connection::query`]; `data` is what a COPY FROM STDIN in it reads.
    pub fn query_with_data(&mut self, sql: &str, data: Option<&str>) -> Outcome<Result<Vec<Row>, Refusal>> {
        self.send(b'Q', sql.as_bytes(), true)?;
        self.answer(data)
    }

    /// Runs what must not fail: a query of our own.
    pub fn ask(&mut self, sql: &str) -> Outcome<Vec<Row>> {
        self.query(sql)?
            .map_err(|refusal| format!("the server refuses a query of the oracle's own: {refusal}\n{sql}"))
    }

    fn send(&mut self, kind: u8, body: &[u8], terminated: bool) -> Outcome {
        let mut message = body.to_vec();
        if terminated {
            message.push(0);
        }
        let mut write = || -> io::Result<()> {
            self.writer.write_all(&[kind])?;
            self.writer.write_all(&length_of(&message))?;
            self.writer.write_all(&message)?;
            self.writer.flush()
        };
        write().map_err(|error| format!("the server is gone: {error}"))
    }

    /// Reads up to and with the message that says the server is ready for the next query.
    fn answer(&mut self, mut data: Option<&str>) -> Outcome<Result<Vec<Row>, Refusal>> {
        let mut rows = Vec::new();
        let mut refusal = None;
        loop {
            let (kind, body) = self.message().map_err(|error| format!("the server is gone: {error}"))?;
            match kind {
                b'D' => rows.push(row(&body)),
                b'E' => refusal = refusal.or(Some(refusal_in(&body))),
                b'N' => self.notices.push(refusal_in(&body).message),
                b'G' => match data.take() {
                    Some(text) => {
                        self.send(b'd', text.as_bytes(), false)?;
                        self.send(b'c', &[], false)?;
                    }
                    None => self.send(b'f', b"there is no data", true)?,
                },
                b'R' if body.get(..4) != Some(&[0; 4]) => {
                    return Err("the server asks for a password; it has to trust 127.0.0.1".to_owned());
                }
                b'Z' => {
                    self.transaction = match body.first() {
                        Some(b'T') => Transaction::Open,
                        Some(b'E') => Transaction::Failed,
                        _ => Transaction::None,
                    };
                    return Ok(match refusal {
                        Some(refusal) => Err(refusal),
                        None => Ok(rows),
                    });
                }
                // Parameters, row descriptions, the data of COPY TO, command tags.
                _ => {}
            }
        }
    }

    fn message(&mut self) -> io::Result<(u8, Vec<u8>)> {
        let mut head = [0; 5];
        self.reader.read_exact(&mut head)?;
        let length = i32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let mut body = vec![0; usize::try_from(length - 4).unwrap_or(0)];
        self.reader.read_exact(&mut body)?;
        Ok((head[0], body))
    }
}

/// The length that stands before a message's body, with its own four bytes.
fn length_of(body: &[u8]) -> [u8; 4] {
    (body.len() as i32 + 4).to_be_bytes()
}

fn row(body: &[u8]) -> Row {
    let mut fields = Vec::new();
    let mut rest = body.get(2..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        match usize::try_from(i32::from_be_bytes(*length)) {
            Ok(length) => {
                let (field, after) = after.split_at(length.min(after.len()));
                fields.push(Some(String::from_utf8_lossy(field).into_owned()));
                rest = after;
            }
            Err(_) => {
                fields.push(None);
                rest = after;
            }
        }
    }
    fields
}

fn refusal_in(body: &[u8]) -> Refusal {
    let field = |wanted: u8| {
        let fields = body.split(|byte| *byte == 0);
        fields
            .filter_map(|field| field.split_first())
            .find(|(kind, _)| **kind == wanted)
            .map(|(_, text)| String::from_utf8_lossy(text).into_owned())
            .unwrap_or_default()
    };
    Refusal { sqlstate: field(b'C'), message: field(b'M') }
}
