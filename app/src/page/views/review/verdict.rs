//! The verdict: a sentence, four axes, what they rest on, and how much was understood.

use leptos::prelude::*;
use lockstep_core::report::json::{Coverage, Document, Level, SetAside, Verdict};

use crate::page::session::session;
use crate::page::views::icon::Icon;
use crate::page::views::level::{LEVELS, LevelMark, level_class, level_icon, level_short, level_word};
use crate::texts;

/// What this part shows of a document.
#[derive(Clone, PartialEq)]
struct Summary {
    verdict: Verdict,
    coverage: Coverage,
    postgres: u32,
    layout: String,
    layout_reason: String,
    set_aside: Vec<SetAside>,
}

impl From<&Document> for Summary {
    fn from(document: &Document) -> Self {
        Summary {
            verdict: document.verdict.clone(),
            coverage: document.coverage.clone(),
            postgres: document.postgres,
            layout: document.layout_title.clone(),
            layout_reason: document.layout_reason.clone(),
            set_aside: document.set_aside.clone(),
        }
    }
}

/// The region "Verdict".
#[component]
pub fn VerdictPart() -> impl IntoView {
    let session = session();
    let summary =
        Memo::new(move |_| session.shown.read().as_ref().map(|shown| Summary::from(&shown.document)));
    view! { {move || summary.get().map(draw)} }
}

fn draw(summary: Summary) -> impl IntoView {
    let Summary { verdict, coverage, postgres, layout, layout_reason, set_aside } = summary;
    let axes = [
        ("availability", texts::AVAILABILITY, texts::AVAILABILITY_ASKS, verdict.availability),
        ("data", texts::DATA, texts::DATA_ASKS, verdict.data),
        ("compatibility", texts::COMPATIBILITY, texts::COMPATIBILITY_ASKS, verdict.compatibility),
        ("reversibility", texts::REVERSIBILITY, texts::REVERSIBILITY_ASKS, verdict.reversibility),
    ];
    let title_of = move |axis: &str| {
        axes.iter()
            .find(|(id, ..)| *id == axis)
            .map_or_else(|| axis.to_owned(), |(_, title, ..)| (*title).to_owned())
    };
    let reasons = verdict
        .reasons
        .iter()
        .map(|reason| {
            view! {
                <tr>
                    <th scope="row">{title_of(&reason.axis)}</th>
                    <td>
                        <LevelMark level=reason.level />
                    </td>
                    <td>
                        <code>{reason.rule.clone()}</code>
                    </td>
                    <td>{texts::count(reason.count, "finding")}</td>
                </tr>
            }
        })
        .collect_view();
    let has_reasons = !verdict.reasons.is_empty();
    view! {
        <section class=format!("verdict {}", level_class(verdict.level)) aria-label=texts::VERDICT>
            <div class="judgement">
                <div class="seal">{level_icon(verdict.level).draw()}</div>
                <div>
                    <h2>{level_word(verdict.level)}</h2>
                    <p class="sentence">{verdict.sentence}</p>
                </div>
            </div>
            <dl class="axes">
                {axes
                    .into_iter()
                    .map(|(_, title, question, level)| {
                        view! {
                            <div class=level_class(level)>
                                <dt>{title}</dt>
                                <dd>
                                    <Meter level=level />
                                    <span class="level">{level_icon(level).draw()} {level_short(level)}</span>
                                    <span class="question">{question}</span>
                                </dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            {has_reasons
                .then(|| {
                    view! {
                        <details>
                            <summary>{texts::RESTS_ON}</summary>
                            <table class="reasons">
                                <tbody>{reasons}</tbody>
                            </table>
                        </details>
                    }
                })}
            <p class="grounds">
                <span>{texts::server(postgres)}</span>
                <span>{format!("{layout}: {layout_reason}")}</span>
                {understood(&coverage)}
            </p>
            {left_out(set_aside)}
        </section>
    }
}

/// As many bars as levels above the mildest, filled up to this one.
#[component]
fn Meter(level: Level) -> impl IntoView {
    let bars = LEVELS[1..].iter().map(|step| view! { <i class:filled=*step <= level></i> }).collect_view();
    view! {
        <span class="meter" aria-hidden="true">
            {bars}
        </span>
    }
}

fn understood(coverage: &Coverage) -> impl IntoView + use<> {
    let Coverage { statements, modelled, parsed } = *coverage;
    let not_parsed = statements.saturating_sub(parsed);
    view! {
        <span class:lacking=modelled < statements>{texts::coverage(modelled, statements)}</span>
        {(not_parsed > 0)
            .then(|| {
                view! {
                    <span class="level level-high">{Icon::Stop.draw()} {texts::not_parsed(not_parsed)}</span>
                }
            })}
    }
}

fn left_out(set_aside: Vec<SetAside>) -> Option<impl IntoView> {
    (!set_aside.is_empty()).then(|| {
        let title = texts::set_aside(set_aside.len());
        let parts = set_aside
            .into_iter()
            .map(|part| {
                view! {
                    <li>
                        <code>{format!("{}:{}", part.path, part.line)}</code>
                        " "
                        {part.reason}
                    </li>
                }
            })
            .collect_view();
        view! {
            <details>
                <summary>{title}</summary>
                <ul class="lines">{parts}</ul>
            </details>
        }
    })
}
