//! Language packs: everything a language needs, gathered from its folder; and the set of all packs with what they share,
//! the codebook and the gazetteer.

use std::borrow::Cow;
use std::sync::OnceLock;

use doleance_actors::{ActorPack, ActorSources};
use doleance_packs::{
    ClassNames, Codebook, IssueTerms, PackError, TermFile, ThingClasses, TriggerFile, Triggers, Vocabulary,
};
use doleance_places::gazetteer::Gazetteer;
use doleance_places::{PlacePack, PlaceTables, Spellings};
use doleance_syntax::SyntaxModel;
use doleance_text::{Document, LanguageCode};
use doleance_times::TimePack;

use crate::choices::Choices;
use crate::code::claims::ClaimCues;
use crate::code::status::StatusCues;
use crate::grammar::Grammar;
use crate::language::FunctionWords;
use crate::relate::LinkCues;
use crate::verbs::VerbForms;

static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The files of triggers and issue terms of the program without their examples, as JSON.
static COMPACT: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/compact.rs"));

/// Where pack files come from: the program itself, or a folder that the shell has read.
pub trait PackFiles: Sync {
    /// The bytes of a file, by its path below `data/`.
    fn read(&self, path: &str) -> Option<Cow<'static, [u8]>>;
    /// The paths of all files, sorted.
    fn list(&self) -> Vec<String>;
}

/// The files that the program carries.
pub struct EmbeddedFiles;

impl PackFiles for EmbeddedFiles {
    fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let found = EMBEDDED.binary_search_by(|(name, _)| (*name).cmp(path)).ok()?;
        Some(Cow::Borrowed(EMBEDDED[found].1))
    }

    fn list(&self) -> Vec<String> {
        EMBEDDED.iter().map(|(name, _)| (*name).to_owned()).collect()
    }
}

/// What all languages share.
#[derive(Debug)]
pub struct Shared {
    /// Kinds, issues, statuses, relations.
    pub codebook: Codebook,
    /// Places of the world.
    pub gazetteer: Gazetteer,
    /// Weights of the statistical choices.
    pub choices: Choices,
    /// What is believed of them before any report is learned from.
    pub choices_start: Choices,
}

/// Everything a language needs.
#[derive(Debug)]
pub struct LanguagePack {
    /// Which language.
    pub language: LanguageCode,
    /// Tokenizer, tagger, parser.
    pub syntax: SyntaxModel,
    /// Verb forms that the model takes for others.
    pub verbs: VerbForms,
    /// Time expressions and numbers.
    pub times: TimePack,
    /// Place names and cues.
    pub places: PlacePack,
    /// Actor lexicon.
    pub actors: ActorPack,
    /// Names of word classes.
    pub classes: ClassNames,
    /// Words that rules mention.
    pub vocabulary: Vocabulary,
    /// Classes of things.
    pub things: ThingClasses,
    /// Function words.
    pub grammar: Grammar,
    /// Triggers of all kinds.
    pub triggers: Triggers,
    /// Status cues.
    pub status: StatusCues,
    /// Issue terms.
    pub issues: IssueTerms,
    /// Claim cues.
    pub claims: ClaimCues,
    /// Link cues.
    pub links: LinkCues,
}

impl LanguagePack {
    /// Sentences, words and trees of a text, with the dictionary forms of its verbs set right, and clauses that were read
    /// as noun phrases.
    pub fn annotate(&self, text: &str) -> Document {
        let headlines = &self.grammar.headlines;
        let mut document =
            self.syntax.annotate_with(text, &|words| headlines.retag(words, &self.grammar.past_like_noun));
        self.verbs.mend(&mut document);
        let grammar = &self.grammar;
        crate::homographs::restore_nouns(&mut document, &grammar.plural_nouns, grammar.plural_like_present);
        crate::homographs::restore_verbs(
            &mut document,
            &self.grammar.past_like_noun,
            &self.grammar.present_like_noun,
        );
        crate::clauses::restore_objects(&mut document);
        crate::gapping::restore_gapped(&mut document);
        crate::clauses::head_names_by_titles(&mut document);
        if self.grammar.past_like_participle {
            crate::clauses::restore_openings(&mut document);
            crate::clauses::restore_clauses(&mut document);
            crate::main_clauses::restore_main_verbs(&mut document);
            crate::clauses::restore_tenses(&mut document);
            crate::headlines::restore_passives(&mut document);
        }
        document
    }
}

/// All packs of a source, each read when it is first asked for.
pub struct LanguagePacks {
    files: Box<dyn PackFiles + Send>,
    languages: Vec<LanguageCode>,
    /// Triggers are read without their examples, from the program.
    is_compact: bool,
    shared: OnceLock<Result<Shared, PackError>>,
    packs: Vec<OnceLock<Result<LanguagePack, PackError>>>,
    function_words: OnceLock<FunctionWords>,
}

impl LanguagePacks {
    /// The packs that the program carries, to code with: triggers come without their examples.
    pub fn embedded() -> &'static LanguagePacks {
        static PACKS: OnceLock<LanguagePacks> = OnceLock::new();
        PACKS
            .get_or_init(|| LanguagePacks { is_compact: true, ..LanguagePacks::new(Box::new(EmbeddedFiles)) })
    }

    /// The packs that the program carries, with every example: to prove and to explain them.
    pub fn embedded_with_examples() -> &'static LanguagePacks {
        static PACKS: OnceLock<LanguagePacks> = OnceLock::new();
        PACKS.get_or_init(|| LanguagePacks::new(Box::new(EmbeddedFiles)))
    }

    /// The packs of any source. A language is a folder `languages/LL` with a `grammar.toml`.
    pub fn new(files: Box<dyn PackFiles + Send>) -> Self {
        let languages: Vec<LanguageCode> = files
            .list()
            .iter()
            .filter_map(|path| path.strip_prefix("languages/")?.strip_suffix("/grammar.toml"))
            .map(|code| LanguageCode(code.to_owned()))
            .collect();
        let packs = languages.iter().map(|_| OnceLock::new()).collect();
        LanguagePacks {
            files,
            languages,
            is_compact: false,
            shared: OnceLock::new(),
            packs,
            function_words: OnceLock::new(),
        }
    }

    /// The languages for which there is a pack.
    pub fn languages(&self) -> &[LanguageCode] {
        &self.languages
    }

    /// The words by which short texts are told apart; a pack may do without.
    pub fn function_words(&self) -> &FunctionWords {
        self.function_words.get_or_init(|| {
            let path = |code: &LanguageCode| format!("languages/{}/function-words.txt", code.0);
            let lists =
                self.languages.iter().map(|code| text_of(&*self.files, &path(code)).unwrap_or_default());
            FunctionWords::new(lists.collect::<Vec<_>>().iter().map(String::as_str))
        })
    }

    /// Codebook and gazetteer.
    ///
    /// # Errors
    /// The first file that does not load.
    pub fn shared(&self) -> Result<&Shared, &PackError> {
        self.shared.get_or_init(|| read_shared(&*self.files)).as_ref()
    }

    /// The pack of a language; `None` where there is none.
    ///
    /// # Errors
    /// The first file that does not load.
    pub fn get(&self, language: &LanguageCode) -> Result<Option<&LanguagePack>, &PackError> {
        let Some(number) = self.languages.iter().position(|l| l == language) else { return Ok(None) };
        let shared = self.shared()?;
        self.packs[number]
            .get_or_init(|| read_language(&*self.files, language, shared, self.is_compact))
            .as_ref()
            .map(Some)
    }

    /// The text of a file, by its path below `data/`: for pages and tests.
    pub fn file(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        self.files.read(path)
    }

    /// The paths of all files.
    pub fn paths(&self) -> Vec<String> {
        self.files.list()
    }
}

fn text_of(files: &dyn PackFiles, path: &str) -> Result<String, PackError> {
    let bytes = files.read(path).ok_or_else(|| {
        PackError::new(
            path,
            "whole file",
            "the pack has no such file",
            "add it; see docs/how-to-add-a-language.md",
        )
    })?;
    String::from_utf8(bytes.into_owned())
        .map_err(|_| PackError::new(path, "whole file", "it is not UTF-8", "save it as UTF-8"))
}

fn read_shared(files: &dyn PackFiles) -> Result<Shared, PackError> {
    let list = files.list();
    let mut pages = Vec::new();
    for path in list.iter().filter(|p| p.starts_with("codebook/kinds/")) {
        pages.push((path.as_str(), text_of(files, path)?));
    }
    let mut codebook = Codebook::with_kinds(pages.iter().map(|(p, t)| (*p, t.as_str())))?;
    codebook.add_tree("codebook/kinds.toml", &text_of(files, "codebook/kinds.toml")?)?;
    codebook.add_issues("codebook/issues.toml", &text_of(files, "codebook/issues.toml")?)?;
    codebook.add_statuses("codebook/statuses.toml", &text_of(files, "codebook/statuses.toml")?)?;
    codebook.add_relations("codebook/relations.toml", &text_of(files, "codebook/relations.toml")?)?;
    let path = "gazetteer/places.gazetteer";
    let bytes = files.read(path).ok_or_else(|| {
        PackError::new(path, "whole file", "there is no gazetteer", "run `doleance gazetteer build`")
    })?;
    let spellings = Spellings::parse(&text_of(files, "gazetteer/spellings.tsv")?);
    let gazetteer = Gazetteer::open(bytes, spellings)
        .map_err(|e| PackError::new(path, "whole file", e.to_string(), "run `doleance gazetteer build`"))?;
    let choices = Choices::from_tsv("codebook/choices.tsv", &text_of(files, "codebook/choices.tsv")?)?;
    let choices_start =
        Choices::from_tsv("codebook/choices-start.tsv", &text_of(files, "codebook/choices-start.tsv")?)?;
    Ok(Shared { codebook, gazetteer, choices, choices_start })
}

fn read_language(
    files: &dyn PackFiles,
    language: &LanguageCode,
    shared: &Shared,
    is_compact: bool,
) -> Result<LanguagePack, PackError> {
    let codebook = &shared.codebook;
    let folder = format!("languages/{}/", language.0);
    let path = move |name: &str| format!("{folder}{name}");
    let text = |name: &str| text_of(files, &path(name));
    // Parts that need nothing of each other are read beside each other: what a report waits for is the longest.
    std::thread::scope(|scope| {
        let trigger_files = scope.spawn(|| read_triggers(files, &path("triggers/"), is_compact));
        let terms = scope.spawn(|| {
            let file = path("issues.toml");
            match compact(&file, is_compact) {
                Some(json) => TermFile::from_json(&file, json),
                None => TermFile::parse(&file, &text_of(files, &file)?),
            }
        });
        let stages = scope.spawn(|| read_stages(files, &path, shared));
        let mut classes = ClassNames::default();
        let mut vocabulary = Vocabulary::default();
        let actors = ActorPack::parse(
            ActorSources {
                roles: &text_of(files, "codebook/roles.toml")?,
                settings: &text("actors.toml")?,
                nouns: &text("actors.tsv")?,
                organisations: &text("actors-organisations.tsv")?,
                sectors: &text("actors-sectors.tsv")?,
                quantities: &text("actors-quantities.toml")?,
                first_names: &text("actors-names.tsv")?,
            },
            &mut classes,
        )?;
        let things = ThingClasses::from_toml(
            &path("classes.toml"),
            &text("classes.toml")?,
            &mut classes,
            &mut vocabulary,
        )?;
        let grammar = Grammar::from_toml(&path("grammar.toml"), &text("grammar.toml")?, &mut vocabulary)?;
        let status = StatusCues::from_toml(&path("status.toml"), &text("status.toml")?, &mut vocabulary)?;
        let issues = IssueTerms::new(joined(terms)?, codebook, &mut classes, &mut vocabulary)?;
        let claims =
            ClaimCues::from_toml(&path("claims.toml"), &text("claims.toml")?, &mut classes, &mut vocabulary)?;
        let links =
            LinkCues::from_toml(&path("links.toml"), &text("links.toml")?, &mut classes, &mut vocabulary)?;

        let trigger_files = joined(trigger_files)?;
        let triggers = Triggers::new(trigger_files, codebook, &mut classes, &mut vocabulary)?;
        let Stages { syntax, verbs, times, places } = joined(stages)?;
        Ok(LanguagePack {
            language: language.clone(),
            syntax,
            verbs,
            times,
            places,
            actors,
            classes,
            vocabulary,
            things,
            grammar,
            triggers,
            status,
            issues,
            claims,
            links,
        })
    })
}

/// What a thread returned; what stopped it stops the caller too.
fn joined<T>(thread: std::thread::ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The parts of a pack that use words of their own.
struct Stages {
    syntax: SyntaxModel,
    verbs: VerbForms,
    times: TimePack,
    places: PlacePack,
}

fn read_stages(
    files: &dyn PackFiles,
    path: &dyn Fn(&str) -> String,
    shared: &Shared,
) -> Result<Stages, PackError> {
    let text = |name: &str| text_of(files, &path(name));
    let model = path("syntax.model");
    let bytes = files.read(&model).ok_or_else(|| {
        PackError::new(&model, "whole file", "the pack has no syntax model", "run `doleance syntax train`")
    })?;
    let syntax = SyntaxModel::from_bytes(bytes)
        .map_err(|e| PackError::new(&model, "whole file", e.to_string(), "run `doleance syntax train`"))?;
    let verbs = match files.read(&path("verbs.tsv")) {
        Some(lines) => VerbForms::from_tsv(&path("verbs.tsv"), lines)?,
        None => VerbForms::default(),
    };
    let other = |file: &str, reason: String| {
        PackError::new(&path(file), "whole file", reason, "mend the named entry")
    };
    let times = TimePack::from_toml(&text("times.toml")?, &text("numbers.toml")?)
        .map_err(|e| other("times.toml", e.to_string()))?;
    let tables = PlaceTables {
        cues: &text("places.tsv")?,
        names: &text("places-names.tsv")?,
        demonyms: &text("places-demonyms.tsv")?,
        words: &text("places-words.tsv")?,
        tests: &text("places-tests.tsv")?,
    };
    let places = PlacePack::parse(&tables, shared.gazetteer.spellings())
        .map_err(|e| other("places.tsv", e.to_string()))?;
    Ok(Stages { syntax, verbs, times, places })
}

fn read_triggers(
    files: &dyn PackFiles,
    prefix: &str,
    is_compact: bool,
) -> Result<Vec<TriggerFile>, PackError> {
    let list = files.list();
    let kinds = list.iter().filter_map(|file| {
        let kind = file.strip_prefix(prefix)?.strip_suffix(".toml")?;
        Some((file, kind))
    });
    kinds
        .map(|(file, kind)| match compact(file, is_compact) {
            Some(json) => TriggerFile::from_json(file, kind, json),
            None => TriggerFile::parse(file, kind, &text_of(files, file)?),
        })
        .collect()
}

/// The compact form that the program carries of one of its own files.
fn compact(file: &str, is_compact: bool) -> Option<&'static [u8]> {
    let found = COMPACT.binary_search_by(|(name, _)| (*name).cmp(file)).ok()?;
    is_compact.then_some(COMPACT[found].1)
}
