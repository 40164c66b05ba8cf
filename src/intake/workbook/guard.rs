//! What kind of file it is, and whether it is too large, before anything of it is kept in memory.

use super::super::code::Code;
use super::super::finding::Finding;
use super::super::text::{Text, both};
use memchr::memmem;
use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// How the containers of older office programs begin; an encrypted workbook stands in one, too.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Bytes looked at together.
const PIECE: usize = 1 << 16;

/// What was seen of a workbook.
pub(super) struct Contents {
    /// Whether a cell of it has a formula.
    pub(super) formulas: bool,
}

/// Goes through the whole file once, and leaves it at its beginning.
pub(super) fn examine<R: Read + Seek>(input: &mut R, limit: u64) -> Result<Contents, Box<Finding>> {
    let unread = |fault: io::Error| damaged(&fault.to_string());
    let mut start = Vec::new();
    input.by_ref().take(COMPOUND.len() as u64).read_to_end(&mut start).map_err(unread)?;
    if start == COMPOUND {
        return Err(compound(input));
    }
    input.rewind().map_err(unread)?;
    let mut archive = ZipArchive::new(&mut *input).map_err(|fault| damaged(&fault.to_string()))?;
    let (mut bytes, mut contents) = (0, Contents { formulas: false });
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|fault| damaged(&fault.to_string()))?;
        // How long a part says it is proves nothing: it is unpacked and counted.
        let is_sheet = part.name().is_ok_and(|name| name.contains("/worksheets/"));
        let mut piece = Vec::new();
        loop {
            let kept = piece.len().min(2);
            piece.drain(..piece.len() - kept);
            let read = part.by_ref().take(PIECE as u64).read_to_end(&mut piece).map_err(unread)?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            if bytes > limit {
                return Err(too_large(limit));
            }
            contents.formulas |= is_sheet && has_formula(&piece);
        }
    }
    drop(archive);
    input.rewind().map_err(unread)?;
    Ok(contents)
}

fn has_formula(piece: &[u8]) -> bool {
    memmem::find_iter(piece, b"<f").any(|at| matches!(piece.get(at + 2), Some(b'>' | b' ' | b'/')))
        || memmem::find(piece, b":f").is_some()
}

/// A container of an older office program.
fn compound<R: Read + Seek>(input: &mut R) -> Box<Finding> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (mut piece, mut encrypted) = (Vec::new(), false);
    let _ = input.seek(SeekFrom::Start(0));
    while !encrypted {
        let kept = piece.len().min(name.len());
        piece.drain(..piece.len() - kept);
        match input.by_ref().take(PIECE as u64).read_to_end(&mut piece) {
            Ok(1..) => encrypted = memmem::find(&piece, &name).is_some(),
            _ => break,
        }
    }
    if encrypted {
        let message = both!("the workbook is protected by a password", "工作簿设有打开密码");
        return finding(message, both!("save it without a password", "请取消打开密码后另存"));
    }
    finding(
        both!("the file is a workbook of the older kind (.xls)", "文件是旧版工作簿（.xls）"),
        both!("open it and save it as .xlsx", "请打开后另存为 .xlsx"),
    )
}

/// A file that claims to be a workbook and cannot be read as one.
pub(super) fn damaged(fault: &str) -> Box<Finding> {
    finding(
        both!("the file cannot be read as a workbook: {fault}", "文件无法作为工作簿读取：{fault}"),
        both!("open it in a spreadsheet program and save it as .xlsx again", "请用表格软件打开后重新另存为 .xlsx"),
    )
}

pub(super) fn too_large(limit: u64) -> Box<Finding> {
    finding(
        both!(
            "the workbook unpacks to more than {limit} bytes, which is as much as is read",
            "工作簿解压后超过 {limit} 字节，超出可读取的上限"
        ),
        both!("write the data as a folder of CSV files, which may be of any size", "请改用 CSV 文件夹，其大小不受限制"),
    )
}

fn finding(message: Text, remedy: Text) -> Box<Finding> {
    let expected = both!("a workbook (.xlsx) without a password", "无打开密码的 .xlsx 工作簿");
    Box::new(Finding::new(Code::NotWorkbook, message).expected(expected).remedy(remedy))
}
