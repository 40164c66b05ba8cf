//! The packed file: what is written is read again, and whatever happens to a file on its way, it is refused, or the
//! damage is told; never does another value pass for the one that was written.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bytemuck::{Pod, Zeroable};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use relata::store::{Column, Damage, FORMAT, PackError, Store, StoreWriter};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use xxhash_rust::xxh3::xxh3_64;

const HEADER: usize = 16 * 1024;
const BLOCK: usize = 4096;

#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
struct Holding {
    holder: u64,
    company: u32,
    days: [u16; 6],
}

fn holdings() -> Vec<Holding> {
    (0..40).map(|n| Holding { holder: u64::MAX / (n + 1), company: n as u32, days: [n as u16; 6] }).collect()
}

fn write_small(path: &Path) {
    let mut writer = StoreWriter::create(path).unwrap();
    let mut names = writer.column::<u8>("names").unwrap();
    let mut ends = writer.column::<u32>("ends").unwrap();
    for name in ["甲", "乙丙", ""] {
        names.extend_from_slice(name.as_bytes()).unwrap();
        ends.push(names.len() as u32).unwrap();
    }
    assert_eq!((ends.name(), ends.len(), ends.is_empty()), ("ends", 3, false));
    writer.append(ends).unwrap();
    writer.append(names).unwrap();
    writer.section::<u64>("nothing").unwrap();
    writer.append_column("holdings", &Column::from(holdings())).unwrap();
    let mut long = writer.section::<u16>("long").unwrap();
    for value in 0..3000 {
        long.push(value).unwrap();
    }
    assert_eq!((long.len(), long.is_empty()), (3000, false));
    writer.finish().unwrap();
}

fn small() -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small");
    write_small(&path);
    fs::read(path).unwrap()
}

fn check_small(store: &Store) {
    let names: Vec<&str> = store.sections().iter().map(|section| section.name.as_str()).collect();
    assert_eq!(names, ["ends", "names", "nothing", "holdings", "long"]);
    assert!(store.sections().iter().all(|section| section.offset % 64 == 0));
    assert_eq!(store.column::<u32>("ends").unwrap().slice(0..3), [3, 9, 9]);
    assert_eq!(store.bytes("names").unwrap().slice(3..9), "乙丙".as_bytes());
    assert!(store.column::<u64>("nothing").unwrap().is_empty());
    assert_eq!(store.column::<Holding>("holdings").unwrap().iter().collect::<Vec<_>>(), holdings());
    assert!(store.column::<u16>("long").unwrap().iter().eq(0..3000));
    assert_eq!(store.damage(), None);
    store.verify_all().unwrap();
    assert_eq!(store.column::<Holding>("holdings").unwrap().slice(0..40), holdings());
}

/// The bytes of every section as they are read, value by value and at once.
fn everything(store: &Store) -> Vec<Vec<u8>> {
    fn read<T: Pod>(store: &Store, name: &str) -> Vec<u8> {
        let column = store.column::<T>(name).unwrap();
        let bytes: Vec<u8> = column.iter().flat_map(|value| bytemuck::bytes_of(&value).to_vec()).collect();
        let slice = column.slice(0..column.len());
        assert!(bytemuck::cast_slice::<T, u8>(slice) == bytes || store.damage().is_some());
        assert!(bytemuck::bytes_of(&column.at(column.len())).iter().all(|byte| *byte == 0));
        bytes
    }
    let each = store.sections().iter().map(|section| match section.element_size {
        1 => read::<u8>(store, &section.name),
        2 => read::<u16>(store, &section.name),
        4 => read::<u32>(store, &section.name),
        8 => read::<u64>(store, &section.name),
        24 => read::<Holding>(store, &section.name),
        _ => {
            let wrong = store.column::<u64>(&section.name);
            assert!(matches!(wrong, Err(PackError::ElementSize { expected: 8, .. })));
            Vec::new()
        }
    });
    each.collect()
}

/// Makes a header's checksum right again.
fn sign(file: &mut [u8]) {
    let sum = xxh3_64(&file[..HEADER - 8]);
    file[HEADER - 8..HEADER].copy_from_slice(&sum.to_le_bytes());
}

#[test]
fn what_is_written_is_read() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small");
    write_small(&path);
    let store = Store::open(&path).unwrap();
    check_small(&store);
    check_small(&store.clone());
    check_small(&Store::from_bytes(&fs::read(&path).unwrap()).unwrap());
    assert!(matches!(store.column::<u32>("absent"), Err(PackError::MissingSection { .. })));
    let error = store.column::<u64>("ends").unwrap_err().to_string();
    assert!(error.starts_with("the section `ends` has values of 4 bytes, not of 8"), "{error}");
    // A pack replaced while it is open is still read as it was.
    StoreWriter::create(&path).unwrap().finish().unwrap();
    check_small(&store);
    let empty = Store::open(&path).unwrap();
    assert!(empty.sections().is_empty() && empty.verify_all().is_ok());
    assert_eq!(fs::metadata(&path).unwrap().len(), HEADER as u64);
    assert_eq!(small(), small(), "the same values give the same file");
}

#[test]
fn columns_larger_than_their_memory_grow_beside_each_other() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("large");
    let mut writer = StoreWriter::create(&path).unwrap();
    let (mut even, mut odd) = (writer.column::<u64>("even").unwrap(), writer.column::<Holding>("odd").unwrap());
    let holding = |n: u64| Holding { holder: n, company: !n as u32, days: [0; 6] };
    for n in 0..200_000 {
        even.push(n).unwrap();
        odd.push(holding(n)).unwrap();
    }
    let sealed = even.seal().unwrap();
    assert!(sealed.is_mapped() && sealed.iter().eq(0..200_000));
    even.extend_from_slice(&(200_000..300_000).collect::<Vec<_>>()).unwrap();
    assert_eq!((even.len(), sealed.len()), (300_000, 200_000));
    writer.append(even).unwrap();
    writer.append(odd).unwrap();
    writer.append_column("copy", &sealed).unwrap();
    writer.finish().unwrap();
    assert_eq!(sealed.at(199_999), 199_999);
    let store = Store::open(&path).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(store.column::<u64>("even").unwrap().iter().eq(0..300_000)));
            scope.spawn(|| assert!(store.column::<Holding>("odd").unwrap().iter().eq((0..200_000).map(holding))));
        }
    });
    assert_eq!(store.column::<u64>("copy").unwrap().slice(0..200_000), sealed.slice(0..200_000));
    assert_eq!(store.damage(), None);
    store.verify_all().unwrap();
}

#[test]
fn no_flipped_byte_passes() {
    let file = small();
    let whole = everything(&Store::from_bytes(&file).unwrap());
    for at in 0..file.len() {
        let mut file = file.clone();
        file[at] ^= 1 << (at % 8);
        let Ok(store) = Store::from_bytes(&file) else { continue };
        let read = everything(&store);
        let damage = store.damage().unwrap_or_else(|| panic!("the byte {at} passes"));
        assert_eq!(damage.offset as usize, at / BLOCK * BLOCK);
        for (read, whole) in read.iter().flatten().zip(whole.iter().flatten()) {
            assert!(*read == 0 || read == whole, "the byte {at} gives another value");
        }
        assert!(matches!(store.verify_all(), Err(PackError::Damaged(again)) if again == damage));
    }
}

#[test]
fn no_other_length_passes() {
    let mut file = small();
    for length in 0..file.len() {
        match Store::from_bytes(&file[..length]) {
            Err(PackError::NotAPack) => assert_eq!(length, 0),
            Err(PackError::Truncated { expected, found }) => {
                assert!(found == length as u64 && expected == if length < HEADER { HEADER } else { file.len() } as u64);
            }
            other => panic!("{length} bytes give {other:?}"),
        }
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, &file[..file.len() - 1]).unwrap();
    assert!(matches!(Store::open(&path), Err(PackError::Truncated { .. })));
    for _ in 0..2 * BLOCK {
        file.push(0);
        assert!(matches!(Store::from_bytes(&file), Err(PackError::TooLong { .. })));
    }
}

#[test]
fn what_is_no_pack_is_told_apart() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file");
    for foreign in [&b""[..], b"{}", b"PK\x03\x04", &[0; 100_000]] {
        fs::write(&path, foreign).unwrap();
        assert!(matches!(Store::open(&path), Err(PackError::NotAPack)));
        assert!(matches!(Store::from_bytes(foreign), Err(PackError::NotAPack)));
    }
    assert!(matches!(Store::open(folder.path()), Err(PackError::NotAPack)));
    assert!(matches!(Store::open(&folder.path().join("absent")), Err(PackError::Io(_))));

    let mut file = small();
    file[12..16].copy_from_slice(&7u32.to_le_bytes());
    sign(&mut file);
    let error = Store::from_bytes(&file).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("written by a newer relata: format 7, this one reads up to {FORMAT}")),
        "{error}"
    );
    file[12..16].copy_from_slice(&0u32.to_le_bytes());
    assert!(matches!(Store::from_bytes(&file), Err(PackError::Older { found: 0 })));
    file[8..12].reverse();
    assert!(matches!(Store::from_bytes(&file), Err(PackError::BigEndian)));
}

#[test]
fn damage_is_told_where_it_is_and_spares_the_rest() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file");
    let mut writer = StoreWriter::create(&path).unwrap();
    // 512 blocks and one more: two blocks of checksums, and one above them.
    writer.section("first").unwrap().extend_from_slice(&[1u64; 512 * 512]).unwrap();
    writer.section("second").unwrap().extend_from_slice(&[2u64; 100]).unwrap();
    writer.finish().unwrap();
    let whole = fs::read(&path).unwrap();
    assert_eq!(whole.len(), HEADER + (513 + 2 + 1) * BLOCK);
    let damaged = |block: usize| {
        let mut file = whole.clone();
        file[HEADER + block * BLOCK + 100] ^= 1;
        Store::from_bytes(&file)
    };
    let told = |section: Option<&str>, block: usize| {
        Some(Damage { section: section.map(str::to_owned), offset: (HEADER + block * BLOCK) as u64 })
    };

    let store = damaged(7).unwrap();
    let (first, second) = (store.column::<u64>("first").unwrap(), store.column::<u64>("second").unwrap());
    assert_eq!((first.at(7 * 512 - 1), first.at(8 * 512), second.at(99), store.damage()), (1, 1, 2, None));
    assert_eq!((first.at(7 * 512), first.at(8 * 512 - 1), store.damage()), (0, 0, told(Some("first"), 7)));
    assert!(first.slice(7 * 512 - 1..7 * 512 + 1).is_empty() && first.slice(0..7 * 512).len() == 7 * 512);
    assert_eq!((first.damage(), first.iter().sum::<u64>()), (store.damage(), 511 * 512));
    // A damaged column is never made into a whole file.
    let other = folder.path().join("other");
    let mut writer = StoreWriter::create(&other).unwrap();
    assert!(matches!(writer.append_column("first", &first), Err(PackError::Damaged(_))));
    assert!(matches!(writer.section::<u8>("more"), Err(PackError::Unfinished)));
    assert!(matches!(writer.finish(), Err(PackError::Unfinished)));
    assert!(!other.exists());

    let store = damaged(512).unwrap();
    let error = store.verify_all().unwrap_err().to_string();
    assert!(error.starts_with("the section `second` is damaged at byte 2113536"), "{error}");

    // The second block of checksums speaks of the last block of the body alone.
    let store = damaged(514).unwrap();
    assert_eq!(store.column::<u64>("first").unwrap().iter().sum::<u64>(), 512 * 512);
    assert_eq!(store.damage(), None);
    assert_eq!((store.column::<u64>("second").unwrap().at(0), store.damage()), (0, told(None, 514)));

    assert!(matches!(damaged(515), Err(PackError::Damaged(damage)) if Some(&damage) == told(None, 515).as_ref()));
    let store = damaged(3).unwrap();
    assert!(store.verify_all().is_err());
    assert_eq!(store.column::<u64>("first").unwrap().at(3 * 512), 0, "what is damaged stays so");
}

#[test]
fn absurd_numbers_are_refused() {
    let file = small();
    let entry = |section: usize, field: usize| 64 * (section + 1) + 32 + 8 * field;
    let mut places: Vec<usize> = (16..48).step_by(8).collect();
    places.extend((0..5).flat_map(|section| (0..4).map(move |field| entry(section, field))));
    // Values that are not there may have any size.
    places.retain(|place| *place != entry(2, 0));
    for place in places {
        let old = u64::from_le_bytes(file[place..place + 8].try_into().unwrap());
        let absurd = [0, 1, old + 1, old.wrapping_sub(1), old * 2 + 1, 1 << 32, 1 << 63, u64::MAX / BLOCK as u64];
        for new in absurd.into_iter().chain([u64::MAX, u64::MAX - 63, HEADER as u64]).filter(|new| *new != old) {
            let mut file = file.clone();
            file[place..place + 8].copy_from_slice(&new.to_le_bytes());
            sign(&mut file);
            let result = Store::from_bytes(&file);
            assert!(matches!(result, Err(PackError::DamagedHeader { .. })), "{new} at {place}: {result:?}");
        }
    }
    for (at, bytes) in [(64, &b"\0"[..]), (64, b"\xff"), (64 + 31, b"x"), (64, &[b'x'; 32]), (128, b"ends\0")] {
        let mut file = file.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        sign(&mut file);
        assert!(matches!(Store::from_bytes(&file), Err(PackError::DamagedHeader { .. })), "{bytes:?}");
    }
}

#[test]
fn nothing_half_written_is_left() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("target");
    fs::write(&path, "as it was").unwrap();
    let listing = || fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    let mut writer = StoreWriter::create(&path).unwrap();
    let mut column = writer.column::<u64>("column").unwrap();
    column.extend_from_slice(&[1; 100_000]).unwrap();
    writer.section("section").unwrap().extend_from_slice(&[1u8; 1_000_000]).unwrap();
    assert_eq!(listing().len(), 2);
    drop((writer, column));
    assert_eq!(listing(), ["target"]);
    assert_eq!(fs::read(&path).unwrap(), b"as it was");

    let mut writer = StoreWriter::create(&path).unwrap();
    let long = "x".repeat(32);
    for name in ["", "a\0b", &long] {
        assert!(matches!(writer.section::<u8>(name), Err(PackError::Name { .. })));
        assert!(matches!(writer.column::<u8>(name), Err(PackError::Name { .. })));
    }
    writer.section::<u8>("once").unwrap();
    assert!(matches!(writer.section::<u8>("once"), Err(PackError::Name { .. })));
    for section in 1..254 {
        writer.section::<u8>(&section.to_string()).unwrap();
    }
    assert!(matches!(writer.section::<u8>("more"), Err(PackError::TooManySections { limit: 254 })));
    writer.finish().unwrap();
    assert_eq!(Store::open(&path).unwrap().sections().len(), 254);
    assert!(StoreWriter::create(folder.path()).is_err());
    assert!(StoreWriter::create(&folder.path().join("absent/target")).is_err());
}

#[cfg(unix)]
#[test]
fn a_pack_is_a_file_like_any_other() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let (path, link) = (folder.path().join("pack"), folder.path().join("link"));
    fs::write(&path, "usual").unwrap();
    let usual = fs::metadata(&path).unwrap().permissions().mode();
    std::os::unix::fs::symlink(&path, &link).unwrap();
    write_small(&link);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode(), usual);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    check_small(&Store::open(&link).unwrap());
}

/// A number that might do harm.
fn absurd(rng: &mut ChaCha8Rng, length: usize) -> u64 {
    let near = rng.next_u64() % 3;
    match rng.next_u64() % 6 {
        0 => rng.next_u64() % 100,
        1 => rng.next_u64() >> (rng.next_u64() % 64),
        2 => (1u64 << (rng.next_u64() % 64)).wrapping_add(near).wrapping_sub(1),
        3 => u64::MAX - rng.next_u64() % 5000,
        4 => HEADER as u64 + 64 * (rng.next_u64() % 200),
        _ => length as u64 + near - 1,
    }
}

/// A header that fits its sections and the length, but for a few numbers: so it is read to the end.
fn forged(base: &[u8], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let sections = rng.next_u64() as usize % 6;
    let mut file = base[..16].to_vec();
    file.resize(HEADER, 0);
    let put = |file: &mut Vec<u8>, at: usize, number: u64| file[at..at + 8].copy_from_slice(&number.to_le_bytes());
    let mut end = HEADER as u64;
    for section in 0..sections {
        let size = [1, 2, 4, 8, 24, 100][rng.next_u64() as usize % 6];
        let (count, offset) = (rng.next_u64() % 1000, end.next_multiple_of(64));
        end = offset + size * count;
        let at = 64 * (section + 1);
        file[at] = b'a' + section as u8;
        for (field, number) in [size, count, offset, size * count].into_iter().enumerate() {
            put(&mut file, at + 32 + 8 * field, number);
        }
    }
    let body = (end.next_multiple_of(BLOCK as u64) as usize - HEADER) / BLOCK;
    let length = HEADER + (body + usize::from(body > 0)) * BLOCK;
    for (field, number) in [length, body, sections, BLOCK].into_iter().enumerate() {
        put(&mut file, 16 + 8 * field, number as u64);
    }
    file.resize(length, rng.next_u64() as u8);
    let sums: Vec<u64> = file[HEADER..HEADER + body * BLOCK].chunks(BLOCK).map(xxh3_64).collect();
    if let Some(tree) = file.get_mut(HEADER + body * BLOCK..HEADER + (body + 1) * BLOCK) {
        tree[..sums.len() * 8].copy_from_slice(bytemuck::cast_slice(&sums));
        let root = xxh3_64(tree);
        put(&mut file, 48, root);
    }
    for _ in 0..rng.next_u64() % 3 {
        let number = absurd(rng, length);
        let at = 16 + 8 * (rng.next_u64() as usize % (5 + 8 * (sections + 1)));
        put(&mut file, at, number);
    }
    file
}

#[test]
fn no_file_whatever_makes_it_panic() {
    let seconds = std::env::var("RELATA_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1.0);
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let base = small();
    let (mut files, mut opened, mut damaged) = (0u64, 0u64, 0u64);
    while Instant::now() < end {
        // Every file follows from its number, so that one that fails can be made again.
        let mut rng = ChaCha8Rng::seed_from_u64(files);
        files += 1;
        let mut file = if rng.next_u64() % 4 == 0 { base.clone() } else { forged(&base, &mut rng) };
        for _ in 0..(rng.next_u64() % 8).saturating_sub(4) {
            // Where something stands, mostly.
            let range = if rng.next_u64() % 2 == 0 { 512 } else { file.len() };
            let at = rng.next_u64() as usize % range;
            file[at] = rng.next_u64() as u8;
        }
        if rng.next_u64() % 16 != 0 {
            sign(&mut file);
        }
        match rng.next_u64() % 16 {
            0 => file.truncate(rng.next_u64() as usize % file.len()),
            1 => file.resize(file.len() + rng.next_u64() as usize % 5000, 0),
            _ => {}
        }
        let Ok(store) = Store::from_bytes(&file) else { continue };
        opened += 1;
        let read = everything(&store);
        let told = store.damage();
        assert_eq!(store.verify_all().is_err(), store.damage().is_some(), "file {files}");
        if told.is_none() {
            for (section, read) in store.sections().iter().zip(&read).filter(|(_, read)| !read.is_empty()) {
                assert_eq!(file[section.offset..section.offset + read.len()], **read, "file {files}");
            }
        }
        damaged += u64::from(told.is_some());
    }
    println!("{files} files, {opened} opened, {damaged} of them damaged");
    assert!(opened > files / 20 && damaged > 0, "{files} files, {opened} opened, {damaged} of them damaged");
}
