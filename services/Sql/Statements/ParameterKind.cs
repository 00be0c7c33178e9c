namespace Integration.Sql.Statements;

/// <summary>What a value of a task must look like for a type of the database.</summary>
internal enum ParameterKind
{
    Text,
    Integer,
    Number,
    Float,
    Boolean,
    Uuid,
    Date,
    Time,
    Timestamp,
    TimestampWithZone,
    Json,
    Binary,

    /// <summary>A type that only the database knows: an enumeration, a domain, a range.</summary>
    Other,

    /// <summary>Nothing was said; the database infers it.</summary>
    Unknown,
}
