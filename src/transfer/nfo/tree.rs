//! XML read piece by piece, as leniently as media centres do. An `&` that starts no reference is an `&`; a reference
//! that nobody knows is the text it is written as; nothing is expanded and nothing outside is fetched. One piece, one
//! tree and the depth are bounded, so that no document asks for more memory than an honest one.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::{self, BufRead, Read};

/// One tag or one stretch of text takes at most so many bytes.
const PIECE: usize = 4 << 20;
/// All texts of one tree take at most so many bytes.
const TEXT: usize = 8 << 20;
/// One tree has at most so many elements.
const ELEMENTS: usize = 100_000;
/// Elements lie in one another at most so deep.
const DEPTH: usize = 64;

/// An element with everything in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name in small letters, without a namespace.
    pub name: String,
    /// Attributes, their names in small letters.
    pub attributes: Vec<(String, String)>,
    /// Its own text, put together.
    pub text: String,
    pub children: Vec<Element>,
    /// The line it starts on.
    pub line: u64,
}

impl Element {
    /// Its children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The texts of its children of a name, those that say something.
    pub(super) fn texts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.all(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    /// The first such text under any of these names, the first name first.
    pub(super) fn text_of<'a>(&'a self, names: &[&'a str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.texts(name).next())
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }
}

/// What is wrong with a document, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub line: u64,
    pub why: String,
}

/// A document being read.
pub(super) struct Xml<R> {
    reader: Reader<Paced<R>>,
    room: Vec<u8>,
    depth: usize,
}

/// What a document holds, in order.
enum Piece {
    Start(Element),
    Text(String),
    End,
    Over,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(source: R) -> Xml<R> {
        let mut reader = Reader::from_reader(Paced { source, left: PIECE, line: 1 });
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Xml { reader, room: Vec::new(), depth: 0 }
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The start of the next element here; none where the one around it ends, or the document.
    pub(super) fn next_start(&mut self) -> Result<Option<Element>, Wrong> {
        loop {
            match self.piece()? {
                Piece::Start(element) => return Ok(Some(element)),
                Piece::Text(_) => {}
                Piece::End => return Ok(None),
                Piece::Over if self.depth == 0 => return Ok(None),
                Piece::Over => return Err(self.wrong("it is cut short")),
            }
        }
    }

    /// The rest of an element that was started.
    pub(super) fn whole(&mut self, start: Element) -> Result<Element, Wrong> {
        let (mut open, mut last) = (Vec::new(), start);
        let (mut text, mut elements) = (0, 0);
        loop {
            match self.piece()? {
                Piece::Start(element) => {
                    elements += 1;
                    text += element.attributes.iter().map(|(_, value)| value.len()).sum::<usize>();
                    open.push(std::mem::replace(&mut last, element));
                }
                Piece::Text(more) => {
                    text += more.len();
                    last.text.push_str(&more);
                }
                Piece::End => match open.pop() {
                    None => return Ok(last),
                    Some(mut parent) => {
                        parent.children.push(std::mem::take(&mut last));
                        last = parent;
                    }
                },
                Piece::Over => return Err(self.wrong("it is cut short")),
            }
            if text > TEXT || elements > ELEMENTS {
                return Err(self.wrong("it holds far more than a film"));
            }
        }
    }

    /// Passes over the rest of an element that was started.
    pub(super) fn pass(&mut self) -> Result<(), Wrong> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if matches!(self.piece()?, Piece::Over) {
                return Err(self.wrong("it is cut short"));
            }
        }
        Ok(())
    }

    fn wrong(&self, why: impl Into<String>) -> Wrong {
        Wrong { line: self.reader.get_ref().line, why: why.into() }
    }

    fn piece(&mut self) -> Result<Piece, Wrong> {
        loop {
            self.room.clear();
            self.reader.get_mut().left = PIECE;
            let line = self.reader.get_ref().line;
            let event = match self.reader.read_event_into(&mut self.room) {
                Ok(event) => event,
                Err(error) => return Err(self.wrong(explain(&error))),
            };
            return Ok(match event {
                Event::Start(start) if self.depth < DEPTH => {
                    self.depth += 1;
                    Piece::Start(element(&start, line))
                }
                Event::Start(_) => return Err(self.wrong("its elements lie too deep in one another")),
                Event::End(_) => {
                    self.depth -= 1;
                    Piece::End
                }
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Piece::Text(resolve(&reference)),
                Event::Eof => Piece::Over,
                Event::DocType(kind) if kind.contains("<!ENTITY") => {
                    return Err(self.wrong("it declares entities of its own, which are not followed"));
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            });
        }
    }
}

fn element(start: &BytesStart, line: u64) -> Element {
    let value =
        |raw: &str| quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned);
    let mut all = start.html_attributes();
    let attributes = all.with_checks(false).flatten();
    let attributes = attributes
        .map(|attribute| (attribute.key.local_name().as_ref().to_lowercase(), value(&attribute.value)))
        .collect();
    Element { name: start.local_name().as_ref().to_lowercase(), attributes, line, ..Element::default() }
}

fn resolve(reference: &BytesRef) -> String {
    match &**reference {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        name => match reference.resolve_char_ref() {
            Ok(Some(c)) => c.to_string(),
            _ => format!("&{name};"),
        },
    }
}

fn explain(error: &quick_xml::Error) -> String {
    match error {
        quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => error.to_string(),
        quick_xml::Error::Encoding(_) => "it is not UTF-8".to_owned(),
        quick_xml::Error::Syntax(_) => "it is cut short, or a tag is never closed".to_owned(),
        error => error.to_string(),
    }
}

/// Lets so many bytes through, until it is told to let more through, and counts lines.
struct Paced<R> {
    source: R,
    left: usize,
    line: u64,
}

impl<R: BufRead> Read for Paced<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(room)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Paced<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            let why = "one tag or text in it takes more than 4 MiB";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        let bytes = self.source.fill_buf()?;
        Ok(&bytes[..bytes.len().min(self.left)])
    }

    fn consume(&mut self, count: usize) {
        if let Ok(bytes) = self.source.fill_buf() {
            self.line += bytes[..count].split(|&byte| byte == b'\n').skip(1).count() as u64;
        }
        self.source.consume(count);
        self.left -= count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Element, Wrong> {
        let mut xml = Xml::new(text.as_bytes());
        let start = xml.next_start()?.expect("there is an element");
        xml.whole(start)
    }

    #[test]
    fn reads_what_media_centres_read() {
        let tree = read(
            "<?xml version=\"1.0\"?>\n<!-- x -->\n<Movie x:lang='e&amp;n' odd=1 >\n<Title>Angels & Demons</Title>\
             <title>a &amp;amp; b &#233;&#x65; &lt; &nbsp;&unknown; &</title><plot><![CDATA[<b> & ]]>c</plot>\
             <empty/><url>http://a/?b=c&d=e</url></Movie>",
        )
        .unwrap();
        assert_eq!((tree.name.as_str(), tree.line, tree.attribute("lang")), ("movie", 3, Some("e&n")));
        let titles: Vec<&str> = tree.texts("title").collect();
        assert_eq!(titles, ["Angels & Demons", "a &amp; b ée < &nbsp;&unknown; &"]);
        assert_eq!(tree.text_of(&["empty", "plot"]), Some("<b> & c"));
        assert_eq!(tree.text_of(&["url"]), Some("http://a/?b=c&d=e"));
    }

    #[test]
    fn damage_has_a_line() {
        for (text, line, why) in [
            ("<movie>\n<title>A\n", 3, "cut short"),
            ("<movie>\n<title>A</movie>", 2, "</title>"),
            ("<movie>\n\n<title", 3, "never closed"),
            ("<!DOCTYPE movie [\n<!ENTITY a SYSTEM \"file:///etc/passwd\">\n]>\n<movie>&a;</movie>", 3, "entities"),
            (&format!("<movie>{}", "<a>".repeat(100)), 1, "too deep"),
            (&format!("<movie>{}</movie>", "<a/>".repeat(ELEMENTS + 1)), 1, "far more"),
            (&format!("<movie>\n<plot>{}</plot></movie>", "x".repeat(PIECE + 1)), 2, "4 MiB"),
            (&format!("<movie>\n<plot a='{}'/></movie>", "x".repeat(PIECE + 1)), 2, "4 MiB"),
            (&format!("<movie>{}</movie>", format!("<a>{}</a>", "x".repeat(1 << 20)).repeat(9)), 1, "far more"),
        ] {
            let wrong = read(text).unwrap_err();
            assert!(wrong.why.contains(why), "{wrong:?}");
            assert_eq!(wrong.line, line, "{wrong:?}");
        }
        let mut xml = Xml::new(&b"<movie><title>\xff</title></movie>"[..]);
        let start = xml.next_start().unwrap().unwrap();
        assert_eq!(xml.whole(start).unwrap_err().why, "it is not UTF-8");
    }

    #[test]
    fn elements_are_passed_over() {
        let mut xml = Xml::new(&b"<a><b>x<c/></b><d>y</d></a>tail"[..]);
        assert_eq!(xml.next_start().unwrap().unwrap().name, "a");
        assert_eq!(xml.next_start().unwrap().unwrap().name, "b");
        xml.pass().unwrap();
        let d = xml.next_start().unwrap().unwrap();
        assert_eq!(xml.whole(d).unwrap().text, "y");
        assert!(xml.next_start().unwrap().is_none());
        assert_eq!(xml.position(), 27);
        assert!(xml.next_start().unwrap().is_none());
    }
}
