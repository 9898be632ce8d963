//! The diagram: tables as boxes, what links them as lines, and moving about in it.

use leptos::prelude::*;
use lockstep_core::schema::OutlineColumn;
use wasm_bindgen::prelude::*;
use web_sys::{Element, KeyboardEvent, PointerEvent, WheelEvent};

use super::change::{class, icon_and_word};
use crate::page::browser::theme;
use crate::page::session::Session;
use crate::page::show::action::{Action, Text};
use crate::page::show::diagram::{Diagram, Drawn, HEAD, Link, LinkKind, ROW, WIDTH, diagram};
use crate::page::show::html::{Html, Markup, html};
use crate::page::show::view::View;
use crate::page::views::export::Download;
use crate::page::views::icon::Icon;
use crate::page::views::live::Live;
use crate::{rest, texts};

/// What is looked through, and what is in it.
const FRAME: &str = "diagram-frame";
const PICTURE: &str = "diagram";

/// The styles that go with an exported diagram. They name colours of the theme.
const STYLES: &str = include_str!("../../../../styles/diagram.css");

/// The colours and typefaces that [`STYLES`] names.
const THEME: [&str; 13] = [
    "--page",
    "--sheet",
    "--line",
    "--line-strong",
    "--ink",
    "--ink-quiet",
    "--accent",
    "--none",
    "--none-soft",
    "--medium",
    "--medium-soft",
    "--high",
    "--high-soft",
];

/// Writes what stays.
pub fn write_frame(out: &mut Html) {
    html!(
        out,
        "<section class=\"section\" aria-labelledby=\"diagram-title\"><div class=\"bar\"><h3 id=\"diagram-title\">" {texts::DIAGRAM}
        "</h3><div class=\"actions\"><fieldset class=\"choice\"><legend class=\"unseen\">" {texts::DIAGRAM_OF} "</legend>"
        "<label class=\"check\"><input type=\"radio\" name=\"diagram-of\" id=\"draw-changed\">" {texts::WHAT_CHANGED} "</label>"
        "<label class=\"check\"><input type=\"radio\" name=\"diagram-of\" id=\"draw-whole\">" {texts::WHOLE_SCHEMA} "</label></fieldset>"
    );
    for (index, (label, icon)) in
        [(texts::ZOOM_IN, Icon::Added), (texts::ZOOM_OUT, Icon::Removed), (texts::SHOW_ALL, Icon::Fit)]
            .into_iter()
            .enumerate()
    {
        html!(
            out,
            "<button type=\"button\" class=\"quiet\" aria-label=\"" {label} "\" title=\"" {label} "\" data-do=\"" {Action::Zoom(index)} "\">"
            {icon} "</button>"
        );
    }
    html!(
        out,
        {Download(texts::DOWNLOAD_SVG, Text::Diagram)}
        "</div></div><p class=\"quiet-text\" id=\"diagram-note\"></p><div class=\"diagram-frame\" id=\"" {FRAME}
        "\" tabindex=\"0\" role=\"group\" aria-label=\"" {texts::ENTITY_DIAGRAM} "\" aria-describedby=\"diagram-keys\"><svg id=\""
        {PICTURE} "\" class=\"diagram\" role=\"img\"></svg></div><p class=\"quiet-text\" id=\"diagram-keys\">" {texts::DIAGRAM_KEYS} "</p></section>"
    );
}

/// Keeps it.
pub fn keep(live: &Live, session: Session) {
    let look = session.schema;
    live.checked("draw-changed", move || !look.whole.get());
    live.checked("draw-whole", move || look.whole.get());
    live.drawn(PICTURE, move |out| {
        with_diagram(session, |diagram| {
            look.size.set((diagram.width, diagram.height));
            write(diagram, true, out);
        });
    });
    live.attribute(PICTURE, "aria-label", move || {
        let mut words = String::new();
        with_diagram(session, |diagram| {
            words = texts::diagram_words(diagram.boxes.len(), diagram.links.len())
        });
        Some(words)
    });
    live.class_when(PICTURE, "searching", move || !look.query.read().trim().is_empty());
    live.drawn("diagram-note", move |out| {
        with_diagram(session, |diagram| {
            if diagram.instead {
                html!(out, {texts::NOTHING_CHANGED} " " {texts::ALL_INSTEAD} " ");
            }
            if diagram.left_out > 0 {
                html!(out, { texts::not_drawn(diagram.left_out) });
            }
        });
    });
    // What is seen stays while the reader goes through a migration's statements, and edits them. To measure the frame anew
    // with each review would have the browser lay out the page in between.
    let migration = Memo::new(move |_| session.migration.get());
    Effect::new(move |_| {
        migration.track();
        look.whole.track();
        session.has_review.track();
        look.view.set(None);
    });
    live.attribute(PICTURE, "viewBox", move || {
        let View { x, y, width, height } = seen(session);
        Some(format!("{x} {y} {width} {height}"))
    });
    listen(session);
}

fn with_diagram(session: Session, read: impl FnOnce(&Diagram<'_>)) {
    let look = session.schema;
    if let Some(shown) = &*look.shown.read() {
        rest::behind(|| read(&diagram(shown, look.whole.get(), &look.query.read())));
    }
}

/// What is seen.
fn seen(session: Session) -> View {
    let diagram = session.schema.size.get();
    session.schema.view.get().unwrap_or_else(|| View::at_first(diagram, frame_size()))
}

/// The size of the frame on the screen.
fn frame_size() -> (i32, i32) {
    document().get_element_by_id(FRAME).map(|frame| size(&frame)).unwrap_or_default()
}

fn see(session: Session, change: impl FnOnce(View) -> View) {
    let view = untrack(|| seen(session));
    session.schema.view.set(Some(change(view)));
}

/// Goes nearer, farther away, or as far as it takes to see all.
pub fn zoom(session: Session, how: usize) {
    match how {
        0 | 1 => see(session, |view| view.zoomed(how == 0, view.middle())),
        _ => {
            let diagram = session.schema.size.get_untracked();
            session.schema.view.set(Some(View::of_all(diagram, frame_size())));
        }
    }
}

/// Looks at the next of the tables that are searched for.
pub fn find(session: Session) {
    let look = session.schema;
    let place = untrack(|| {
        let mut place = None;
        with_diagram(session, |diagram| {
            let found: Vec<&Drawn<'_>> = diagram.boxes.iter().filter(|drawn| drawn.is_found).collect();
            let at = look.found.get_untracked();
            let drawn = found.get(at % found.len().max(1));
            place = drawn.map(|drawn| (drawn.x + WIDTH / 2, drawn.y + drawn.height() / 2));
        });
        place
    });
    if let Some(place) = place {
        look.found.update(|found| *found += 1);
        see(session, |view| view.around(place));
    }
}

/// A file of its own.
pub fn exported(session: Session) -> String {
    untrack(|| {
        Html::of(|out| {
            with_diagram(session, |diagram| {
                let Diagram { width, height, .. } = *diagram;
                html!(
                    out,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" width=\"" {width} "\" height=\"" {height} "\" viewBox=\"0 0 "
                    {width} " " {height} "\"><style>.diagram{"
                );
                for name in THEME {
                    html!(out, {name} ":" {theme::colour(name)} ";");
                }
                html!(out, "--mono:monospace}");
                out.markup(STYLES);
                html!(out, "</style><rect class=\"ground\" width=\"" {width} "\" height=\"" {height} "\"/>");
                write(diagram, false, out);
                html!(out, "</svg>\n");
            });
        })
    })
}

/// Writes what is in the picture.
fn write(diagram: &Diagram<'_>, leads_on: bool, out: &mut Html) {
    for link in &diagram.links {
        write_link(link, &diagram.boxes[link.from], &diagram.boxes[link.to], out);
    }
    for drawn in &diagram.boxes {
        write_box(drawn, leads_on, out);
    }
}

fn write_box(drawn: &Drawn<'_>, leads_on: bool, out: &mut Html) {
    let object = drawn.object;
    html!(
        out,
        "<g class=\"box " {class(object.change)} {drawn.is_found.then_some(Markup(" found"))} "\" transform=\"translate(" {drawn.x} " " {drawn.y} ")\""
    );
    if leads_on {
        html!(out, " data-do=\"" {Action::Object(object.id)} "\"");
    }
    html!(out, "><title>" {object.kind} " " {object.name});
    if let Some((_, word)) = icon_and_word(object.change) {
        html!(out, ": " {word});
    }
    html!(
        out,
        "</title><rect class=\"sheet\" width=\"" {WIDTH} "\" height=\"" {drawn.height()} "\" rx=\"6\"/><rect class=\"head\" width=\""
        {WIDTH} "\" height=\"" {HEAD} "\" rx=\"6\"/><text class=\"name\" x=\"10\" y=\"19\">"
        {cut(&object.name, if object.kind == "table" { 26 } else { 20 })} "</text>"
    );
    let mut end = WIDTH - 10;
    if let Some((icon, _)) = icon_and_word(object.change) {
        html!(out, "<path class=\"sign\" transform=\"translate(" {WIDTH - 24} " 6)\" d=\"" {icon.path()} "\"/>");
        end -= 20;
    }
    if object.kind != "table" {
        let kind = object.kind.strip_suffix(" table").unwrap_or(&object.kind);
        let kind = kind.strip_prefix("materialized ").unwrap_or(kind);
        html!(out, "<text class=\"kind\" x=\"" {end} "\" y=\"19\">" {kind} "</text>");
    }
    for (place, column) in drawn.rows.iter().enumerate() {
        write_row(column, HEAD + place as i32 * ROW, out);
    }
    if drawn.more > 0 {
        let y = HEAD + drawn.rows.len() as i32 * ROW + 14;
        html!(out, "<text class=\"more\" x=\"46\" y=\"" {y} "\">" {texts::more_columns(drawn.more)} "</text>");
    }
    html!(out, "</g>");
}

fn write_row(column: &OutlineColumn, top: i32, out: &mut Html) {
    let key = match (column.primary, column.foreign) {
        (true, true) => "PF",
        (true, false) => "PK",
        (false, true) => "FK",
        (false, false) => "",
    };
    let data_type = cut(&short_type(&column.data_type), 13);
    let name = cut(&column.name, 25 - data_type.chars().count());
    html!(out, "<g class=\"row " {class(column.change)} "\">");
    if let Some((icon, word)) = icon_and_word(column.change) {
        html!(
            out,
            "<title>" {column.name} ": " {word} "</title><rect x=\"1\" y=\"" {top} "\" width=\"" {WIDTH - 2} "\" height=\"" {ROW}
            "\"/><path class=\"sign\" transform=\"translate(5 " {top + 3} ") scale(.8)\" d=\"" {icon.path()} "\"/>"
        );
    }
    html!(
        out,
        "<text class=\"key\" x=\"23\" y=\"" {top + 14} "\">" {key} "</text><text class=\"column\" x=\"46\" y=\"" {top + 14} "\">" {name}
        "</text><text class=\"type\" x=\"" {WIDTH - 8} "\" y=\"" {top + 14} "\">" {data_type} "</text></g>"
    );
}

/// The line from what refers to what it refers to: a foreign key begins with a crow's foot, all else ends with an arrow.
fn write_link(link: &Link<'_>, from: &Drawn<'_>, to: &Drawn<'_>, out: &mut Html) {
    let row = from.rows.iter().position(|column| column.name == link.column);
    let y = from.y + row.map_or(HEAD / 2, |row| HEAD + row as i32 * ROW + ROW / 2);
    let end_y = to.y + HEAD / 2;
    // By which sides, and in which direction the line leaves them.
    let (x, out_of, end_x, into) = if from.x > to.x + WIDTH {
        (from.x, -1, to.x + WIDTH, 1)
    } else if from.x + WIDTH < to.x {
        (from.x + WIDTH, 1, to.x, -1)
    } else {
        (from.x + WIDTH, 1, to.x + WIDTH, 1)
    };
    let bend = ((x - end_x).abs() / 2).clamp(34, 130);
    let kind = match link.kind {
        LinkKind::ForeignKey => "foreign",
        LinkKind::Parent => "parent",
    };
    html!(
        out,
        "<g class=\"link " {kind} " " {class(link.change)} "\"><path d=\"M" {x} " " {y} "C" {x + out_of * bend} " " {y} " " {end_x + into * bend}
        " " {end_y} " " {end_x} " " {end_y} "\"/><path class=\"end\" d=\"M"
    );
    match link.kind {
        LinkKind::ForeignKey => html!(
            out,
            {x} " " {y - 5} "L" {x + out_of * 10} " " {y} "L" {x} " " {y + 5} "M" {end_x + into * 7} " " {end_y - 5} "v10"
        ),
        LinkKind::Parent => html!(
            out,
            {end_x + into * 9} " " {end_y - 5} "L" {end_x} " " {end_y} "L" {end_x + into * 9} " " {end_y + 5}
        ),
    }
    html!(out, "\"/>");
    if let Some((icon, _)) = icon_and_word(link.change) {
        let sign_x = if out_of > 0 { x + 12 } else { x - 24 };
        html!(out, "<path class=\"sign\" transform=\"translate(" {sign_x} " " {y - 15} ") scale(.75)\" d=\"" {icon.path()} "\"/>");
    }
    html!(out, "</g>");
}

/// A type as people write it.
fn short_type(data_type: &str) -> String {
    data_type
        .replace("timestamp without time zone", "timestamp")
        .replace("timestamp with time zone", "timestamptz")
        .replace(" without time zone", "")
        .replace(" with time zone", " tz")
        .replace("character varying", "varchar")
        .replace("double precision", "float8")
}

/// At most so many letters.
fn cut(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some(_) => text.chars().take(letters.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Listens to wheel, pointer and keys on the diagram.
fn listen(session: Session) {
    let Some(frame) = document().get_element_by_id(FRAME) else { return };
    let dragged = StoredValue::new(None::<(i32, i32)>);
    let element = frame.clone();
    let listener =
        Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| match &*event.type_() {
            "wheel" => wheeled(session, &element, event.unchecked_ref()),
            "keydown" => pressed(session, event.unchecked_ref()),
            _ => pointed(session, &element, dragged, event.unchecked_ref()),
        });
    for kind in ["wheel", "keydown", "pointerdown", "pointermove", "pointerup", "pointercancel"] {
        let _ = frame.add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

/// The wheel zooms once the reader is in the diagram, or with Ctrl; until then it scrolls the page past it.
fn wheeled(session: Session, frame: &Element, event: &WheelEvent) {
    let is_in = document().active_element().is_some_and(|active| frame.contains(Some(&active)));
    if event.delta_y() == 0.0 || !(is_in || event.ctrl_key()) {
        return;
    }
    event.prevent_default();
    let bounds = frame.get_bounding_client_rect();
    let at = (event.client_x() - bounds.left() as i32, event.client_y() - bounds.top() as i32);
    see(session, |view| view.zoomed(event.delta_y() < 0.0, view.point(size(frame), at)));
}

fn size(frame: &Element) -> (i32, i32) {
    (frame.client_width(), frame.client_height())
}

fn pressed(session: Session, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match &*event.key() {
        "ArrowLeft" => see(session, |view| view.moved(-1, 0)),
        "ArrowRight" => see(session, |view| view.moved(1, 0)),
        "ArrowUp" => see(session, |view| view.moved(0, -1)),
        "ArrowDown" => see(session, |view| view.moved(0, 1)),
        "+" | "=" => zoom(session, 0),
        "-" => zoom(session, 1),
        "0" => zoom(session, 2),
        _ => return,
    }
    event.prevent_default();
}

/// How far a pointer moves before it drags rather than presses.
const STILL: i32 = 4;

fn pointed(
    session: Session,
    frame: &Element,
    dragged: StoredValue<Option<(i32, i32)>>,
    event: &PointerEvent,
) {
    let at = (event.client_x(), event.client_y());
    match (&*event.type_(), dragged.get_value()) {
        ("pointerdown", _) if event.button() == 0 => dragged.set_value(Some(at)),
        ("pointermove", Some(from)) if event.buttons() & 1 == 1 => {
            let by = (at.0 - from.0, at.1 - from.1);
            let is_dragging = frame.has_pointer_capture(event.pointer_id());
            if is_dragging || by.0.abs() + by.1.abs() > STILL {
                let _ = frame.set_pointer_capture(event.pointer_id());
                see(session, |view| view.dragged(size(frame), by));
                dragged.set_value(Some(at));
            }
        }
        ("pointermove", None) => {}
        _ => dragged.set_value(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut() {
        assert_eq!(cut("orders", 6), "orders");
        assert_eq!(cut("größer_als", 6), "größe…");
        assert_eq!(short_type("timestamp(3) without time zone"), "timestamp(3)");
        assert_eq!(short_type("character varying(20)[]"), "varchar(20)[]");
    }
}
