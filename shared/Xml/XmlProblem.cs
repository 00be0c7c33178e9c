using System.Xml;

namespace Integration.Xml;

/// <summary>What is wrong with XML of others, for people: the reader's own messages advise its programmers in some places.</summary>
public static class XmlProblem
{
    /// <summary>A sentence, with the place.</summary>
    public static string Of(XmlException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var what =
            problem.Message.Contains("DtdProcessing", StringComparison.Ordinal)
                ? "It has a document type (<!DOCTYPE …>), which is not taken."
            : problem.Message.Contains("MaxCharacters", StringComparison.Ordinal) ? "It is too long."
            : null;
        return what is null ? problem.Message
            : problem.LineNumber > 0 ? $"{what} Line {problem.LineNumber}, position {problem.LinePosition}."
            : what;
    }
}
