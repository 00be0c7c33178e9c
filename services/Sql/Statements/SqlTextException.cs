using System.Diagnostics.CodeAnalysis;

namespace Integration.Sql.Statements;

/// <summary>A text is no statement that can be run. The message is the end of a sentence that begins with its place.</summary>
[SuppressMessage("Design", "CA1032", Justification = "The message is all that it is made of.")]
[SuppressMessage("Design", "CA1064", Justification = "Caught where a place is known to name.")]
internal sealed class SqlTextException(string message) : Exception(message);
