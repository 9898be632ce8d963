//! A copy of a module without what its linker wrote of it, which describes another one once anything is changed.

use std::convert::Infallible;

use wasm_encoder::Module as Encoded;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::{CustomSectionReader, Parser};

use crate::Outcome;

/// The copy.
pub fn stripped(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoded = Encoded::new();
    Strip.parse_core_module(&mut encoded, Parser::new(0), bytes)?;
    Ok(encoded.finish())
}

struct Strip;

impl Reencode for Strip {
    type Error = Infallible;

    fn parse_custom_section(
        &mut self,
        module: &mut Encoded,
        section: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        if section.name() == "linking" || section.name().starts_with("reloc.") {
            return Ok(());
        }
        utils::parse_custom_section(self, module, section)
    }
}
