using Integration.Sdk;
using Integration.Sql.Running;

namespace Integration.Sql.Settings;

/// <summary>One named statement: <c>Sql__Statements__&lt;name&gt;__…</c>. It has a text, a function or a procedure.</summary>
public sealed class StatementOptions
{
    /// <summary>Where it runs. The default value is <c>default</c>.</summary>
    public string Connection { get; set; } = "default";

    /// <summary>One SQL statement; parameters are written <c>@name</c>. The default value is empty.</summary>
    public string Text { get; set; } = "";

    /// <summary>A function to call, e.g. <c>sales.price_of</c>. The default value is empty.</summary>
    public string Function { get; set; } = "";

    /// <summary>A procedure to call, e.g. <c>sales.close_month</c>. The default value is empty.</summary>
    public string Procedure { get; set; } = "";

    /// <summary>Types of the parameters by name, e.g. <c>uuid</c>, <c>text[]</c>, <c>date?</c> (may be left out), <c>out numeric</c>.</summary>
    public Dictionary<string, string> Parameters { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// <c>Read</c>, <c>Idempotent</c> (a second execution changes nothing more) or <c>Once</c>. The default value is Once
    /// for what is executed or called.
    /// </summary>
    public Effect Effect { get; set; } = Effect.Once;

    /// <summary>For this statement. The default value is that of its connection.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Outcomes that are business errors. The default value is none.</summary>
    public List<DeclaredError> Errors { get; set; } = [];
}
