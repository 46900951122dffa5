module gateway-doctor.test/cluster/images

go 1.26.0
