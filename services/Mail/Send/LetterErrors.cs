using Integration.Contracts;
using Integration.Errors;

namespace Integration.Mail.Send;

/// <summary>Letters that are too much. Nothing was sent.</summary>
[Raises(
    ErrorCategory.Volumetric,
    "mail-too-large",
    "The mail is larger than `Mail__MaxMessageBytes`. Nothing was sent.",
    "Send less, or raise the setting."
)]
[Raises(
    ErrorCategory.Volumetric,
    "too-many-recipients",
    "The mail has more recipients than `Mail__MaxRecipients`. Nothing was sent.",
    "Send several mails, or raise the setting."
)]
internal static class LetterErrors
{
    public static VolumetricErrorException TooLarge(long size, long most) =>
        new(
            "mail-too-large",
            $"The mail has {size} bytes as it is sent (files grow by a third), and at most {most} are allowed. Send less or smaller "
                + "files, or raise Mail__MaxMessageBytes."
        )
        {
            Status = -1,
        };

    public static VolumetricErrorException TooManyRecipients(int count, int most) =>
        new(
            "too-many-recipients",
            $"The mail has {count} recipients, and at most {most} are allowed. Send several mails, or raise Mail__MaxRecipients."
        )
        {
            Status = -1,
        };
}
