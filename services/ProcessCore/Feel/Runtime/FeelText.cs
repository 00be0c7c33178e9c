using System.Text;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>Values as text: what <c>string(value)</c> gives.</summary>
internal static class FeelText
{
    public static string Of(FeelValue value, Evaluation evaluation)
    {
        if (value is FeelString or FeelNumber or FeelLongNumber)
            return value.ToString()!;
        var text = new StringBuilder();
        Write(value, text, evaluation);
        return text.ToString();
    }

    private static void Write(FeelValue value, StringBuilder text, Evaluation evaluation)
    {
        evaluation.Step();
        switch (value)
        {
            case FeelNull:
                text.Append("null");
                break;
            case FeelBoolean boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case FeelString quoted:
                text.Append(Quote(quoted.Value));
                break;
            case FeelList list:
                WriteList(list, text, evaluation);
                break;
            case FeelContext context:
                WriteContext(context, text, evaluation);
                break;
            case FeelRange range:
                WriteRange(range, text, evaluation);
                break;
            case FeelFunction function:
                text.Append("function(").AppendJoin(", ", function.Parameters).Append(')');
                break;
            default:
                text.Append(value);
                break;
        }
        evaluation.CheckLength(text.Length);
    }

    private static void WriteList(FeelList list, StringBuilder text, Evaluation evaluation)
    {
        text.Append('[');
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Write(list.Items[i], text, evaluation);
        }
        text.Append(']');
    }

    private static void WriteContext(FeelContext context, StringBuilder text, Evaluation evaluation)
    {
        text.Append('{');
        var separator = "";
        foreach (var (name, value) in context.Entries)
        {
            text.Append(separator).Append(Syntax.Lexer.IsName(name) ? name : Quote(name)).Append(':');
            Write(value, text, evaluation);
            separator = ", ";
        }
        text.Append('}');
    }

    private static void WriteRange(FeelRange range, StringBuilder text, Evaluation evaluation)
    {
        text.Append(range.StartIncluded ? '[' : '(');
        Write(range.Start, text, evaluation);
        text.Append("..");
        Write(range.End, text, evaluation);
        text.Append(range.EndIncluded ? ']' : ')');
    }

    private static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
