using System.Text;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Mail.Templates;

/// <summary>Takes what a template writes up to a limit: lists within lists grow fast.</summary>
[Raises(
    ErrorCategory.Volumetric,
    "body-too-long",
    "Text or HTML is longer than `Mail__MaxBodyLength`. Nothing was sent.",
    "Send less, or raise the setting."
)]
internal sealed class BoundedWriter(int limit, string field) : StringWriter
{
    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Check(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    private void Check(int more)
    {
        if (GetStringBuilder().Length + more > limit)
            throw TooLong(limit, field);
    }

    public static VolumetricErrorException TooLong(int limit, string field) =>
        new(
            "body-too-long",
            $"inputs.{field} is longer than {limit} characters. Send less, put it into an attachment, or raise Mail__MaxBodyLength."
        )
        {
            Status = -1,
        };
}
