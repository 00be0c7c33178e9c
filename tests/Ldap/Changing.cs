using System.Text.Json;
using Integration.Contracts;
using Integration.Ldap.Add;
using Integration.Ldap.Delete;
using Integration.Ldap.Get;
using Integration.Ldap.Modify;
using Integration.Ldap.Rename;

namespace Integration.Ldap.Tests;

/// <summary>What was changed is read back by another client.</summary>
public sealed class Changing(LdapFixture ldap) : IClassFixture<LdapFixture>
{
    [Fact]
    public async Task An_entry_that_was_added_is_there_with_all_of_its_values()
    {
        byte[] photo = [0xFF, 0xD8, 0, 1, 2, 3];
        var answer = await ldap.CallAsync(
            "add",
            new
            {
                dn = $"uid={{{{user}}}},{LdapFixture.People}",
                parameters = new { user = "grace" },
                attributes = new Dictionary<string, object>
                {
                    ["objectClass"] = "inetOrgPerson",
                    ["cn"] = "Grace Hopper",
                    ["sn"] = "Höpper 🚀",
                    ["mail"] = new[] { "grace@example.org", "g.hopper@example.org" },
                    ["employeeNumber"] = 17,
                    ["jpegPhoto"] = new { base64 = Convert.ToBase64String(photo) },
                    ["userPassword"] = "{{secrets.ADA_PASSWORD}}",
                },
            }
        );
        answer
            .Outputs<AddOperation.Output>()
            .ShouldBe(new AddOperation.Output($"uid=grace,{LdapFixture.People}", true));
        var seen = await ldap.Directory.ReadAsync($"uid=grace,{LdapFixture.People}");
        seen.ShouldContain("cn: Grace Hopper");
        seen.ShouldContain($"sn:: {Convert.ToBase64String("Höpper 🚀"u8)}");
        seen.ShouldContain("mail: grace@example.org\nmail: g.hopper@example.org");
        seen.ShouldContain("employeeNumber: 17");
        seen.ShouldContain($"jpegPhoto:: {Convert.ToBase64String(photo)}");
        (
            await ldap.Directory.TakesPasswordAsync($"uid=grace,{LdapFixture.People}", ldap.Directory.Password)
        ).ShouldBeTrue();
        JsonSerializer.Serialize(answer).ShouldNotContain(ldap.Directory.Password);
    }

    [Theory]
    [InlineData("Smith, John")]
    [InlineData("a+b=c")]
    [InlineData(" #leading and trailing ")]
    [InlineData("<\"quoted\">;\\")]
    [InlineData("Ärger 🚀 日本")]
    [InlineData("x,ou=groups")]
    [InlineData("nul\u0001here")]
    public async Task A_name_from_a_parameter_is_one_value_whatever_it_holds(string user)
    {
        var answer = await ldap.CallAsync(
            "add",
            new
            {
                dn = $"cn={{{{user}}}},{LdapFixture.People}",
                parameters = new { user },
                attributes = new { objectClass = "organizationalRole", cn = user },
            }
        );
        var dn = answer.Outputs<AddOperation.Output>().Dn;
        dn.ShouldEndWith($",{LdapFixture.People}");
        // Another client takes the name that the process got, and finds it there.
        (await ldap.Directory.ReadAsync(dn)).ShouldContain("objectClass: organizationalRole");

        var got = await ldap.CallAsync("get", new { dn, attributes = new[] { "cn" } });
        got.Outputs<GetOperation.Output>().Attributes["cn"].ShouldBe([user]);
        var deleted = await ldap.CallAsync(
            "delete",
            new { dn = $"cn={{{{user}}}},{LdapFixture.People}", parameters = new { user } }
        );
        deleted.Outputs<DeleteOperation.Output>().Deleted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_entry_that_exists_is_an_error_a_business_error_or_kept_as_the_task_wants()
    {
        object Inputs(string ifExists, string? existsError) =>
            new
            {
                dn = LdapFixture.Ada,
                attributes = new
                {
                    objectClass = "inetOrgPerson",
                    cn = "x",
                    sn = "x",
                },
                ifExists,
                existsError,
            };
        var error = (await ldap.CallAsync("add", Inputs("fail", null))).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Status).ShouldBe((ErrorCategory.Data, "already-exists", 409));
        var rejected = (await ldap.CallAsync("add", Inputs("fail", "TAKEN"))).Rejected.ShouldNotBeNull().Error;
        (rejected.Code, rejected.Data!.Value.GetProperty("dn").GetString()).ShouldBe(("TAKEN", LdapFixture.Ada));
        (await ldap.CallAsync("add", Inputs("keep", null))).Outputs<AddOperation.Output>().Created.ShouldBeFalse();
        (await ldap.Directory.ReadAsync(LdapFixture.Ada)).ShouldContain("cn: Ada Lovelace");
    }

    [Fact]
    public async Task Changes_of_one_task_are_made_together()
    {
        var dn = await ldap.PersonAsync(
            "modified",
            "mail: old@example.org\nmail: kept@example.org\ntitle: Dr\ndescription: x"
        );
        var answer = await ldap.CallAsync(
            "modify",
            new
            {
                dn,
                remove = new { mail = "old@example.org", title = Array.Empty<string>() },
                add = new { mail = "new@example.org", telephoneNumber = new[] { "+44 1", "+44 2" } },
                replace = new { sn = "Müller", description = Array.Empty<string>() },
            }
        );
        answer.Outputs<ModifyOperation.Output>().Dn.ShouldBe(dn);
        var seen = await ldap.Directory.ReadAsync(dn);
        seen.ShouldContain("mail: kept@example.org\nmail: new@example.org");
        seen.ShouldNotContain("old@example.org");
        seen.ShouldContain($"sn:: {Convert.ToBase64String("Müller"u8)}");
        seen.ShouldContain("telephoneNumber: +44 1\ntelephoneNumber: +44 2");
        seen.ShouldNotContain("title");
        seen.ShouldNotContain("description");
    }

    [Fact]
    public async Task When_one_change_is_refused_none_is_made()
    {
        var dn = await ldap.PersonAsync("atomic", "mail: a@example.org");
        var answer = await ldap.CallAsync(
            "modify",
            new
            {
                dn,
                replace = new { sn = "changed" },
                remove = new { mail = "not-there@example.org" },
            }
        );
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("no-such-attribute");
        (await ldap.Directory.ReadAsync(dn)).ShouldContain("sn: atomic");
    }

    [Fact]
    public async Task With_permissive_a_value_may_be_there_already_or_gone_already()
    {
        var dn = await ldap.PersonAsync("permissive", "mail: a@example.org");
        object Inputs(bool permissive) =>
            new
            {
                dn,
                add = new { mail = "a@example.org" },
                remove = new { telephoneNumber = "1" },
                permissive,
            };
        (await ldap.CallAsync("modify", Inputs(false)))
            .Errored.ShouldNotBeNull()
            .Error.Code.ShouldBe("no-such-attribute");
        (await ldap.CallAsync("modify", Inputs(true))).Completed.ShouldNotBeNull();
        (await ldap.Directory.ReadAsync(dn)).ShouldContain("mail: a@example.org");
    }

    [Fact]
    public async Task With_permissive_a_value_that_an_attribute_does_not_have_may_be_removed()
    {
        var dn = await ldap.PersonAsync("permissive-value", "mail: a@example.org\nmail: b@example.org");
        object Inputs(object remove) =>
            new
            {
                dn,
                remove,
                permissive = true,
            };

        var answer = await ldap.CallAsync("modify", Inputs(new { mail = "nobody@example.org" }));
        answer.Completed.ShouldNotBeNull(answer.Error);
        (await ldap.Directory.ReadAsync(dn)).ShouldContain("mail: a@example.org");

        // The one that is there goes, in the spelling that the directory takes for the same, and so does the rest of the change.
        var several = new
        {
            dn,
            remove = new { mail = new[] { "nobody@example.org", "B@EXAMPLE.ORG" }, telephoneNumber = "1" },
            replace = new { sn = "changed" },
            permissive = true,
        };
        foreach (var _ in Enumerable.Range(0, 2))
        {
            answer = await ldap.CallAsync("modify", several);
            answer.Completed.ShouldNotBeNull(answer.Error);
            var entry = await ldap.Directory.ReadAsync(dn);
            entry.ShouldContain("mail: a@example.org");
            entry.ShouldNotContain("b@example.org");
            entry.ShouldContain("sn: changed");
        }
    }

    [Fact]
    public async Task With_permissive_somebody_who_is_no_member_may_be_removed_from_a_group_twice()
    {
        var (ada, bob) = (await ldap.PersonAsync("member-ada"), await ldap.PersonAsync("member-bob"));
        var group = "cn=permissive,ou=groups,dc=example,dc=org";
        var added = await ldap.CallAsync(
            "add",
            new
            {
                dn = group,
                attributes = new
                {
                    objectClass = "groupOfNames",
                    cn = "permissive",
                    member = new[] { ada, bob },
                },
            }
        );
        added.Completed.ShouldNotBeNull(added.Error);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var answer = await ldap.CallAsync(
                "modify",
                new
                {
                    dn = group,
                    remove = new { member = bob },
                    permissive = true,
                }
            );
            answer.Completed.ShouldNotBeNull(answer.Error);
        }

        (await ldap.Directory.ReadAsync(group)).ShouldContain($"member: {ada}");
    }

    [Fact]
    public async Task With_permissive_an_entry_that_is_not_there_is_still_an_error()
    {
        var answer = await ldap.CallAsync(
            "modify",
            new
            {
                dn = "uid=gone,ou=people,dc=example,dc=org",
                remove = new { mail = "a@example.org" },
                permissive = true,
            }
        );
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("no-such-object");
    }

    [Fact]
    public async Task A_number_is_counted_up_by_the_server()
    {
        var dn = await ldap.PersonAsync(
            "counted",
            "objectClass: posixAccount\nuidNumber: 1000\ngidNumber: 5\nhomeDirectory: /x"
        );
        var answer = await ldap.CallAsync("modify", new { dn, increment = new { uidNumber = 5 } });
        answer.Completed.ShouldNotBeNull(answer.Error);
        (await ldap.Directory.ReadAsync(dn)).ShouldContain("uidNumber: 1005");
    }

    [Fact]
    public async Task A_photo_travels_by_reference_in_both_directions()
    {
        var dn = await ldap.PersonAsync("photographed");
        var photo = new byte[300_000];
        new Random(1).NextBytes(photo);
        var file = await ldap.SaveAsync(photo);
        var answer = await ldap.CallAsync("modify", new { dn, replace = new { jpegPhoto = file } });
        answer.Completed.ShouldNotBeNull(answer.Error);
        (await ldap.Directory.ReadAsync(dn, "jpegPhoto")).ShouldContain(Convert.ToBase64String(photo));

        var tooLarge = (await ldap.CallAsync("get", new { dn })).Errored.ShouldNotBeNull().Error;
        (tooLarge.Category, tooLarge.Code).ShouldBe((ErrorCategory.Volumetric, "answer-too-large"));

        var got = await ldap.CallAsync("get", new { dn, fileStore = "documents" });
        var output = got.Outputs<GetOperation.Output>();
        output.Binary.ShouldBeNull();
        var saved = output.Files.ShouldNotBeNull()["jpegPhoto"].ShouldHaveSingleItem();
        (saved.Size, saved.ContentType, saved.Sha256).ShouldBe((300_000L, "image/jpeg", file.Sha256));
    }

    [Fact]
    public async Task Files_that_are_too_large_together_are_refused_before_they_are_read()
    {
        await using var service = await ldap.WithAsync("--Ldap:MaxFileBytes=1000");
        var file = await ldap.SaveAsync(new byte[600]);
        var answer = await service.RunAsync(
            "ldap.modify",
            new { dn = LdapFixture.Ada, replace = new { jpegPhoto = new[] { file, file } } }
        );
        answer.Errored.ShouldNotBeNull().Error.Message.ShouldContain("inputs.replace.jpegPhoto[1] is too much");
        answer = await service.RunAsync(
            "ldap.modify",
            new
            {
                dn = LdapFixture.Ada,
                add = new { audio = file },
                replace = new { jpegPhoto = file },
            }
        );
        answer.Errored.ShouldNotBeNull().Error.Message.ShouldContain("inputs.replace.jpegPhoto is too much");
    }

    [Fact]
    public async Task A_deleted_entry_is_gone_and_deleting_it_again_is_no_error_unless_the_task_wants_it()
    {
        var dn = await ldap.PersonAsync("deleted");
        (await ldap.CallAsync("delete", new { dn })).Outputs<DeleteOperation.Output>().Deleted.ShouldBeTrue();
        (await ldap.Directory.ReadAsync(dn)).ShouldBeEmpty();
        (await ldap.CallAsync("delete", new { dn })).Outputs<DeleteOperation.Output>().Deleted.ShouldBeFalse();
        var rejected = (await ldap.CallAsync("delete", new { dn, missingError = "GONE" })).Rejected.ShouldNotBeNull();
        rejected.Error.Code.ShouldBe("GONE");
    }

    [Fact]
    public async Task An_entry_gets_another_name_and_another_place()
    {
        var dn = await ldap.PersonAsync("renamed");
        var first = await ldap.CallAsync(
            "rename",
            new
            {
                dn,
                newName = "uid=renamed2",
                keepOldName = true,
            }
        );
        var second = first.Outputs<RenameOperation.Output>().Dn;
        second.ShouldBe($"uid=renamed2,{LdapFixture.People}");
        (await ldap.Directory.ReadAsync(second)).ShouldContain("uid: renamed\nuid: renamed2");

        var moved = await ldap.CallAsync("rename", new { dn = second, newParent = "ou=former,dc=example,dc=org" });
        moved.Outputs<RenameOperation.Output>().Dn.ShouldBe("uid=renamed2,ou=former,dc=example,dc=org");
        (await ldap.Directory.ReadAsync(second)).ShouldBeEmpty();
        (await ldap.Directory.ReadAsync("uid=renamed2,ou=former,dc=example,dc=org")).ShouldContain("cn: renamed");

        await ldap.PersonAsync("renamed");
        var taken = await ldap.CallAsync(
            "rename",
            new
            {
                dn,
                newName = "uid=ada",
                existsError = "TAKEN",
            }
        );
        taken.Rejected.ShouldNotBeNull().Error.Code.ShouldBe("TAKEN");
    }

    [Fact]
    public async Task A_missing_entry_is_an_error_or_the_business_error_that_the_task_wants()
    {
        const string Dn = $"uid=nobody,{LdapFixture.People}";
        foreach (
            var (verb, more) in new (string, object)[]
            {
                ("get", new { dn = Dn, missingError = (string?)null }),
                ("modify", new { dn = Dn, replace = new { sn = "x" } }),
                ("rename", new { dn = Dn, newName = "uid=x" }),
            }
        )
        {
            var error = (await ldap.CallAsync(verb, more)).Errored.ShouldNotBeNull().Error;
            (error.Category, error.Code, error.Status).ShouldBe((ErrorCategory.Data, "no-such-object", 404));
            error.Details!.Value.GetProperty("matchedDn").GetString().ShouldBe(LdapFixture.People);
        }

        var answer = await ldap.CallAsync("get", new { dn = Dn, missingError = "NOBODY" });
        var rejected = answer.Rejected.ShouldNotBeNull().Error;
        (rejected.Code, rejected.Data!.Value.GetProperty("dn").GetString()).ShouldBe(("NOBODY", Dn));
        (
            await ldap.CallAsync(
                "modify",
                new
                {
                    dn = Dn,
                    replace = new { sn = "x" },
                    missingError = "NOBODY",
                }
            )
        ).Rejected.ShouldNotBeNull().Error.Code.ShouldBe("NOBODY");
        // What we may not see is not there, for us.
        (
            await ldap.CallAsync(
                "get",
                new
                {
                    dn = "ou=hidden,dc=example,dc=org",
                    server = "reader",
                    missingError = "NOBODY",
                }
            )
        )
            .Rejected.ShouldNotBeNull()
            .Error.Code.ShouldBe("NOBODY");
    }
}
