namespace Integration.Sql.Running;

/// <summary>What a file holds that a query is saved to.</summary>
public enum ExportForm
{
    /// <summary>All rows: a line of JSON each, in UTF-8.</summary>
    JsonLines,

    /// <summary>The bytes or the text of the only column of the only row, as they are.</summary>
    Value,
}
