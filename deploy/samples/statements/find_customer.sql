-- @connection default
-- @parameter id int
-- @error NO_SUCH_CUSTOMER rows=0 message=There is no such customer.
select id, name, mail, zip
from (values (1, 'Ada Lovelace', 'ada@example.org', '01001-000'), (2, 'Charles Babbage', 'charles@example.org', '70150-900'))
  as customers (id, name, mail, zip)
where id = @id
