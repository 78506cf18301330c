//! What the phrases of the tables do.

/// What a phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A further name of a place.
    Name,
    /// A short form that counts only after another name: *Oakland, Calif.*
    Abbreviation,
    /// An inhabitant or what belongs to a place: *kazakh*.
    Demonym,
    /// A description that names one place: *the Windy City*.
    Periphrase,
    /// A seat of power that stands for those who sit there: *the Kremlin*.
    Seat,
    /// A square, street, station or building known by its own name; with `?` before its place where other towns have one of
    /// that name and the report's own town comes first.
    Landmark,
    /// A noun that tells the level of the name beside it: *région*, *county*.
    Cue,
    /// A noun for a site: value `street` where its name tells nothing about the town, `building` where it does.
    Site,
    /// A place told by the narrative: value `city`, `capital`, `capital-of` (after a demonym), `region`, `country` or `here`.
    Relative,
    /// Words between a cue and its name: *de*, *of*.
    Linker,
    /// Articles, which belong to the expression; value `no-town` where towns take none.
    Article,
    /// A contraction whose article belongs to the name; value is the article: *du* (le) *Havre*.
    Contraction,
    /// Prepositions of place; value `city`, `region` (country or division) or `any`.
    Locative,
    /// Prepositions that merely join a noun to its place.
    Genitive,
    /// Words that join the last two of a list.
    Conjunction,
    /// Expressions of nearness whose place is the name that follows: *la banlieue de*.
    Near,
    /// Prepositions that tell where another place lies: *Vénissieux, près de Lyon*.
    Beside,
    /// Compass points and the like before a name: *l'est du*, *northern*.
    Part,
    /// Titles before a person's name.
    Title,
    /// Given names.
    Given,
    /// Words that make a name beside them an organisation's.
    Organisation,
    /// Offices of a place's authorities: *maire*, *mayor*, *police*.
    Office,
    /// What authorities do: *condemn*, *annoncer*; forms are the lemma and frequent forms.
    Statement,
    /// Auxiliaries that may stand before a statement.
    Auxiliary,
    /// Endings that may stand between a name and its noun: *Oakland's mayor*.
    Possessive,
    /// Organisations and offices of one country, which tell what the report is about: value is the country.
    Institution,
    /// Prepositions of the one who does it: *par*, *by*.
    Agent,
    /// Roads that are called after where they lead: *la route de*, *the road to*.
    Road,
    /// Words in lower case within names: *Van der Walt Street*.
    Particle,
    /// Names that are no place here whatever the gazetteer says.
    Stop,
}

const ROLES: [(&str, Role); 30] = [
    ("abbreviation", Role::Abbreviation),
    ("agent", Role::Agent),
    ("article", Role::Article),
    ("auxiliary", Role::Auxiliary),
    ("beside", Role::Beside),
    ("conjunction", Role::Conjunction),
    ("contraction", Role::Contraction),
    ("cue", Role::Cue),
    ("demonym", Role::Demonym),
    ("genitive", Role::Genitive),
    ("given", Role::Given),
    ("institution", Role::Institution),
    ("landmark", Role::Landmark),
    ("linker", Role::Linker),
    ("locative", Role::Locative),
    ("name", Role::Name),
    ("near", Role::Near),
    ("office", Role::Office),
    ("organisation", Role::Organisation),
    ("part", Role::Part),
    ("particle", Role::Particle),
    ("periphrase", Role::Periphrase),
    ("possessive", Role::Possessive),
    ("relative", Role::Relative),
    ("road", Role::Road),
    ("seat", Role::Seat),
    ("site", Role::Site),
    ("statement", Role::Statement),
    ("stop", Role::Stop),
    ("title", Role::Title),
];

impl Role {
    /// Reads a role as the tables write it.
    pub fn parse(name: &str) -> Option<Self> {
        ROLES.iter().find(|(n, _)| *n == name).map(|(_, role)| *role)
    }

    /// The role as the tables write it.
    pub fn name(self) -> &'static str {
        ROLES.iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }
}
